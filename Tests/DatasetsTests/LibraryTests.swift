import Datasets
import Experiments
import Foundation
import Parts
import Testing

/// Loading: digests are checked, what is missing or changed is said, and rows of one content never change.
struct LibraryTests {
  private func message(_ body: () throws -> Void) -> String? {
    #expect(throws: DataError.self, performing: body)?.description
  }

  @Test func aMissingFileIsNamed() throws {
    try withFolder { folder in
      let library = DataLibrary(folder: folder.path)
      #expect(
        message { _ = try library.rows("iris") } == """
          the file 'iris.csv' of the data set 'iris' is missing
          note: it belongs in '\(folder.path)'
          fix: restore it from Assay's repository
          """)
    }
  }

  @Test(arguments: datasetRegistry.names) func aChangedOrTruncatedFileIsRefused(_ name: String) throws {
    let part = try #require(datasetRegistry[name])
    for file in part.files {
      var changed = try shippedBytes(file.name)
      changed[changed.count / 2] ^= 1
      for bytes in [changed, Array(try shippedBytes(file.name).dropLast()), []] {
        try withFolder { folder in
          for other in part.files {
            let content = other == file ? bytes : try shippedBytes(other.name)
            try Data(content).write(to: folder.appendingPathComponent(other.name))
          }
          #expect(
            message { _ = try DataLibrary(folder: folder.path).rows(name) } == """
              the file '\(file.name)' of the data set '\(name)' is not the one that was registered
              note: its SHA-256 is \(Digest(of: bytes).hex), expected \(file.sha256)
              fix: restore it from Assay's repository
              """)
        }
      }
    }
  }

  @Test func unknownNamesAndStaleContentsAreRefused() throws {
    let library = DataLibrary(folder: shippedFolder)
    #expect(
      message { _ = try library.content(of: .registered("irsi")) } == """
        unknown data 'irsi'
        note: known: \(datasetRegistry.names.joined(separator: ", "))
        """)
    let stale = DataReference(source: .registered("iris"), steps: [], content: Digest(of: "old").hex)
    #expect(
      message { _ = try library.rows(for: stale) } == """
        the data set 'iris' of this version of Assay is not the one that was asked for
        note: its files or its reader have changed since
        fix: check and build the study again
        """)
  }

  @Test func contentOfARegisteredSetNeedsNoFile() throws {
    let library = DataLibrary(folder: "/nowhere")
    #expect(try library.content(of: .registered("iris")) == datasetRegistry["iris"]?.facts.content.hex)
  }

  @Test func anOwnFileIsIdentifiedByItsBytesAlone() throws {
    try withFolder { folder in
      let text = "a,b\n1,x\n2,y\n3,x\n"
      let paths = ["one.csv", "two.csv"].map { folder.appendingPathComponent($0) }
      for path in paths { try Data(text.utf8).write(to: path) }
      let files = paths.map {
        AuthorFile(name: "mine", path: $0.path, target: "b", group: nil, kind: .classification)
      }
      let library = DataLibrary(folder: shippedFolder)
      let contents = try files.map { try library.content(of: .file($0)) }
      #expect(contents[0] == contents[1])
      let reference = DataReference(source: .file(files[0]), steps: [], content: contents[0])
      #expect(try library.rows(for: reference).rows == [0, 1, 2])

      try Data("\(text)4,y\n".utf8).write(to: paths[0])
      #expect(try library.rows(for: reference).rows == [0, 1, 2])
      #expect(try DataLibrary(folder: shippedFolder).content(of: .file(files[0])) != contents[0])
      #expect(
        message { _ = try DataLibrary(folder: shippedFolder).rows(for: reference) } == """
          the file '\(paths[0].path)' changed after the study was checked
          note: trials of one build must see the same rows
          fix: leave the file alone and run the command again
          """)
    }
  }

  @Test func whatIsNotAFileIsRefused() throws {
    try withFolder { folder in
      func content(_ path: String) throws -> String {
        let file = AuthorFile(name: "mine", path: path, target: "b", group: nil, kind: .regression)
        return try DataLibrary(folder: shippedFolder).content(of: .file(file))
      }
      #expect(
        message { _ = try content("\(folder.path)/own.csv") } == """
          there is no file '\(folder.path)/own.csv'
          note: the data 'mine' name it
          fix: put the file there, or correct 'file'
          """)
      #expect(
        message { _ = try content(folder.path) }
          == "the file '\(folder.path)' cannot be read: it is not a regular file")
      #expect(
        message { _ = try content("/dev/zero") }
          == "the file '/dev/zero' cannot be read: it is not a regular file")
      #expect(mkfifo("\(folder.path)/pipe.csv", 0o600) == 0)
      #expect(throws: DataError.self) { try content("\(folder.path)/pipe.csv") }
    }
  }

  @Test func rowsWithTwinsElsewhereCanBeLeftOut() throws {
    let library = DataLibrary(folder: shippedFolder)
    let iris = try library.reference("iris")
    let half = try library.reference("iris/rows 0-99")
    #expect(try library.rows(for: iris.leavingOut(half)).rows == Array(100..<150))
    #expect(try library.rows(for: iris.leavingOut(try library.reference("wine"))).rows.count == 150)
    // Rows 101 and 142 are twins: leaving out one leaves out both.
    let twin = try library.reference("iris/rows 101-101")
    #expect(try library.rows(for: iris.leavingOut(twin)).rows.count == 148)
  }

  @Test func digitsAndOptdigitsShareNoRow() throws {
    let library = DataLibrary(folder: shippedFolder)
    let digits = Set(try library.digests(for: try library.reference("digits")))
    let others = Set(try library.digests(for: try library.reference("optdigits-train")))
    #expect(digits.count == 1797)
    #expect(others.count == 3823)
    #expect(digits.isDisjoint(with: others))
  }
}
