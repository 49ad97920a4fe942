import Foundation
import Reports

/// The templates that come with the tool, found from this file.
enum TestTemplates {
  static let folder: String = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("templates").path

  static func renderer() throws -> ReportRenderer { try ReportRenderer(templates: [folder]) }
}
