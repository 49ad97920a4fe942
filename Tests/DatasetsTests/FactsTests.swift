import Datasets
import Experiments
import Parts
import Testing

/// What is declared of every registered data set, against its files.
struct FactsTests {
  private let library = DataLibrary(folder: shippedFolder)

  @Test(arguments: datasetRegistry.names) func factsHoldForTheContent(_ name: String) throws {
    let facts = try #require(datasetRegistry[name]).facts
    let dataset = try library.rows(name).dataset
    #expect(dataset.kind == facts.kind)
    #expect(dataset.rows == facts.rows)
    #expect(dataset.columns == facts.columns)
    #expect(dataset.classes.count == facts.classes)
    #expect(dataset.groups == nil)
    #expect(dataset.features.allSatisfy { $0.isFinite })
    #expect(dataset.labels.count == (facts.kind == .classification ? facts.rows : 0))
    #expect(dataset.targets.count == (facts.kind == .regression ? facts.rows : 0))
    #expect(!facts.source.isEmpty && !facts.licence.isEmpty)
  }

  @Test(arguments: [
    ("digits", [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]),
    ("optdigits-train", [376, 389, 380, 389, 387, 376, 377, 387, 380, 382]),
    ("breast-cancer", [212, 357]),
    ("wine", [59, 71, 48]),
    ("iris", [50, 50, 50]),
    (
      "letter",
      [
        789, 766, 736, 805, 768, 775, 773, 734, 755, 747, 739, 761, 792, 783, 753, 803, 783, 758, 748, 796,
        813, 764,
        752, 787, 786, 734,
      ]
    ),
    ("mnist-test", [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]),
    ("mnist-test-8x8", [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]),
    ("fashion-mnist-900", [90, 90, 90, 90, 90, 90, 90, 90, 90, 90]),
    ("fashion-mnist-900-8x8", [90, 90, 90, 90, 90, 90, 90, 90, 90, 90]),
  ]) func classesHaveTheirPublishedCounts(_ name: String, _ expected: [Int]) throws {
    let dataset = try library.rows(name).dataset
    var counts = [Int](repeating: 0, count: dataset.classes.count)
    for label in dataset.labels { counts[Int(label)] += 1 }
    #expect(counts == expected)
  }

  @Test func firstRowsAreThoseOfTheFiles() throws {
    let iris = try library.rows("iris").dataset
    #expect(Array(iris.features[..<4]) == [5.1, 3.5, 1.4, 0.2])
    #expect(iris.classes == ["setosa", "versicolor", "virginica"])
    let letter = try library.rows("letter").dataset
    #expect(Array(letter.features[..<4]) == [2, 8, 3, 5])
    #expect(letter.classes[Int(letter.labels[0])] == "T")
    let digits = try library.rows("digits").dataset
    #expect(Array(digits.features[..<8]) == [0, 0, 5, 13, 9, 1, 0, 0])
    let diabetes = try library.rows("diabetes").dataset
    #expect(Array(diabetes.features[..<5]) == [59, 2, 32.1, 101, 157])
    #expect(diabetes.targets.reduce(0, +) == 67243)
    #expect(diabetes.targets.min() == 25 && diabetes.targets.max() == 346)
    let tumours = try library.rows("breast-cancer").dataset
    #expect(tumours.classes[Int(tumours.labels[0])] == "malignant")
    let images = try library.rows("mnist-test").dataset
    #expect(images.features.max() == 255)
    #expect(Array(images.labels[..<5]) == [7, 2, 1, 0, 4])
  }

  @Test(arguments: [("mnist-test", "mnist-test-8x8"), ("fashion-mnist-900", "fashion-mnist-900-8x8")])
  func shrunkImagesKeepTheGreyOfTheirQuarters(_ names: (whole: String, shrunk: String)) throws {
    let (whole, shrunk) = (try library.rows(names.whole).dataset, try library.rows(names.shrunk).dataset)
    #expect(shrunk.labels == whole.labels)
    for image in [0, 1, 450, whole.rows - 1] {
      for (top, left) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        // A quarter of either side: 14 of 28 pixels, 4 of 8.
        func mean(_ set: Dataset, _ side: Int) -> Double {
          let half = side / 2
          var sum = 0.0
          for y in top * half..<(top + 1) * half {
            for x in left * half..<(left + 1) * half {
              sum += Double(set.features[(image * side + y) * side + x])
            }
          }
          return sum / Double(half * half)
        }
        #expect(abs(mean(whole, 28) - mean(shrunk, 8)) < 1e-4)
      }
    }
  }

  @Test func registryIsInOrderAndContentsDiffer() {
    #expect(datasetRegistry.names == datasetRegistry.names.sorted())
    #expect(Set(datasetRegistry.all.map { $0.facts.content }).count == datasetRegistry.names.count)
    #expect(datasetRegistry.all.allSatisfy { $0.hyperparameters.isEmpty && $0.facts.content.hex.count == 64 })
  }

  @Test(arguments: datasetRegistry.names) func twinsAreAsTheReadmeSays(_ name: String) throws {
    let digests = try library.digests(for: try library.reference(name)).sorted()
    let twins = digests.indices.count { i in
      (i > 0 && digests[i - 1] == digests[i]) || (i + 1 < digests.count && digests[i + 1] == digests[i])
    }
    #expect(twins == (["letter": 2177, "iris": 2][name] ?? 0))
  }

  @Test func readmeNamesEveryFileWithItsDigest() throws {
    let readme = String(decoding: try shippedBytes("README.md"), as: UTF8.self)
    for part in datasetRegistry.all {
      #expect(readme.contains("`\(part.name)`"), "\(part.name)")
      for file in part.files {
        #expect(readme.contains("`\(file.name)`") && readme.contains(file.sha256), "\(file.name)")
      }
    }
  }
}
