import Datasets
import Experiments
import Foundation
import Parts
import Testing

/// The same rows under another name are known again, also with a column more that tells nothing.
struct ColumnTwinTests {
  private func write(_ text: String, _ name: String, in folder: URL) throws -> DataSource {
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return .file(
      AuthorFile(name: name, path: file.path, target: "y", group: nil, kind: .classification))
  }

  private func shared(_ a: String, _ b: String) throws -> Int {
    try withFolder { folder in
      let library = DataLibrary(folder: shippedFolder)
      let references = try [(a, "a.csv"), (b, "b.csv")].map { text, name in
        let source = try write(text, name, in: folder)
        return DataReference(source: source, steps: [], content: try library.content(of: source))
      }
      let count = try library.sharedRows(references[0], references[1])
      let rest = try library.rows(for: references[0].leavingOut(references[1])).rows.count
      #expect(count + rest == (try library.rows(for: references[0]).rows.count))
      #expect(try library.sharedRows(references[1], references[0]) == count)
      return count
    }
  }

  private let plain = "u,v,y\n1,0,a\n2,5,b\n3,0,a\n4,7,b\n"

  @Test func aCopyIsKnown() throws {
    #expect(try shared(plain, plain) == 4)
  }

  @Test func aCopyWithAConstantColumnMoreIsKnown() throws {
    #expect(try shared(plain, "u,k,v,y\n1,9,0,a\n2,9,5,b\n3,9,0,a\n4,9,7,b\n") == 4)
  }

  @Test func someRowsOfItWithAConstantColumnMoreAreKnown() throws {
    // Of these rows v is constant too, which it is not in the original.
    #expect(try shared(plain, "u,v,k,y\n1,0,9,a\n3,0,9,a\n8,0,9,b\n") == 2)
  }

  @Test func twoConstantColumnsMoreAreSeenThrough() throws {
    #expect(try shared(plain, "j,u,v,k,y\n0,1,0,9,a\n0,2,5,9,b\n0,8,8,9,a\n") == 2)
  }

  @Test func otherRowsAreNotKnown() throws {
    #expect(try shared(plain, "u,v,k,y\n1,1,9,a\n2,6,9,b\n5,5,9,a\n") == 0)
    #expect(try shared(plain, "u,v,k,y\n1,0,8,a\n2,5,9,b\n3,0,8,a\n") == 0)
  }
}
