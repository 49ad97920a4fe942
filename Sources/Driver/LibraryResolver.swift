import Datasets
import Diagnostics
import Experiments
import Foundation
import Markup
import Studies

/// Answers the study checker's questions about data from the data library, each question once.
final class LibraryResolver: DataResolver {
  private let library: DataLibrary
  private var shared: [Pair: Int] = [:]
  private var files: [String: Set<String>] = [:]
  private var asking = ""

  private struct Pair: Hashable {
    let a: DataReference
    let b: DataReference
  }

  init(_ library: DataLibrary) { self.library = library }

  /// Files, besides data, that reading a study has looked at, there or not: its report depends on them.
  func files(of study: String) -> [String] { (files[study] ?? []).sorted() }

  /// Says which study asks from now on.
  func begin(_ study: String) { asking = study }

  /// Notes a file that the study looks at.
  private func note(_ path: String) { files[asking, default: []].insert(path) }

  func content(of source: DataSource) throws -> String {
    try translated { try library.content(of: source) }
  }

  func rowCount(_ reference: DataReference) throws -> Int {
    try translated { try library.rows(for: reference).rows.count }
  }

  func sharedRows(_ a: DataReference, _ b: DataReference) throws -> Int {
    let pair = Pair(a: a, b: b)
    if let known = shared[pair] { return known }
    let count = try translated { try library.sharedRows(a, b) }
    shared[pair] = count
    return count
  }

  func digest(ofFile path: String) -> Digest? {
    note(path)
    return FileManager.default.contents(atPath: path).map { data in data.withUnsafeBytes { Digest(of: $0) } }
  }

  func hasResults(at path: String) -> Bool {
    note(path)
    return FileManager.default.fileExists(atPath: path)
  }

  func results(at path: String, log: inout DiagnosticLog) -> SourceText? {
    note(path)
    return StudyFile.load(path, limit: StudyFile.maximumResultBytes, log: &log)
  }

  /// A data set's error as the problem that is shown where the study names the data.
  private func translated<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DataError {
      throw DataProblem(
        code: error.kind.code, message: error.message, note: error.note, fix: error.fix)
    }
  }
}

extension DataError.Kind {
  fileprivate var code: DiagnosticCode {
    switch self {
    case .missingFile: .missingFile
    case .unreadableFile: .unreadableFile
    case .corruptedFile: .corruptedFile
    case .badDataFile: .badDataFile
    case .badSubset: .badSubset
    case .unknownData: .unknownData
    }
  }
}
