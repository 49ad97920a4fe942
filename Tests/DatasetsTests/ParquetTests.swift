import Datasets
import Experiments
import Foundation
import Parts
import Testing

/// Parquet files as another program writes them, and what is no Parquet file.
struct ParquetTests {
  private func bytes(_ base64: String) -> [UInt8] { [UInt8](Data(base64Encoded: base64)!) }

  private func read(_ bytes: [UInt8], _ path: String) throws -> Dataset {
    let isGaps = !String(decoding: bytes, as: UTF8.self).contains("label")
    let file = AuthorFile(
      name: "net", path: path, target: isGaps ? "name" : "label", group: nil, kind: .classification,
      item: isGaps ? nil : "id")
    return try AuthorTable.read(bytes, of: file)
  }

  @Test(arguments: parquetFiles.indices) func filesSayWhatTheirTextSays(index: Int) throws {
    let (name, base64, text) = parquetFiles[index]
    if name.hasPrefix("missing") {
      let errors = [(bytes(base64), "net.parquet"), (Array(text.utf8), "net.csv")].map { file in
        #expect(throws: DataError.self) { try read(file.0, file.1) }
      }
      #expect(errors[0]?.message == "a value is missing in the column 'y'" && errors[0]?.place?.line == 3)
      #expect(errors[0]?.message == errors[1]?.message && errors[0]?.place?.line == errors[1]?.place?.line)
      return
    }
    let (found, expected) = (try read(bytes(base64), "net.parquet"), try read(Array(text.utf8), "net.csv"))
    #expect(found.features == expected.features && found.labels == expected.labels)
    #expect(found.items == expected.items && found.classes == ["cat", "dog"] && found.rows == 40)
  }

  @Test(arguments: refusedParquetFiles.indices) func otherFormsAreRefused(index: Int) {
    let (reason, base64) = refusedParquetFiles[index]
    let error = #expect(throws: DataError.self) { try read(bytes(base64), "net.parquet") }
    #expect(error?.message == "'net.parquet' \(reason)")
    #expect(error?.fix != nil)
  }

  /// Whatever byte is wrong or missing, reading ends in values or in an error, never in a trap.
  @Test(arguments: [0, 2, 3, 5]) func damageIsAnError(index: Int) {
    let whole = bytes(parquetFiles[index].base64)
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= UInt8(truncatingIfNeeded: place &* 37 | 1)
      _ = try? read(damaged, "net.parquet")
      if place % 7 == 0 { _ = try? read(Array(whole[..<place]), "net.parquet") }
    }
    #expect(throws: DataError.self) { try read(Array("PAR1".utf8), "net.parquet") }
    #expect(throws: DataError.self) {
      try read(Array(whole.dropLast(20)) + Array("PAR1".utf8), "net.parquet")
    }
  }
}
