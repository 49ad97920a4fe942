import Diagnostics
import Foundation
import Reports
import Testing

@Suite struct TemplateTests {
  /// The shipped templates with one replaced, and what is said about it.
  private func diagnostics(_ name: String, _ text: String?) throws -> String {
    var sources: [SourceText] = []
    for file in try TestTemplates.renderer().templates.files {
      let own = file.split(separator: "/").last.map(String.init) ?? file
      if own == name {
        if let text { sources.append(SourceText(path: "templates/" + own, text: text)) }
      } else {
        let content = try String(contentsOfFile: file, encoding: .utf8)
        sources.append(SourceText(path: "templates/" + own, text: content))
      }
    }
    do {
      _ = try TemplateSet(sources, folder: "templates")
      return ""
    } catch {
      return error.diagnostics.map(\.rendered).joined(separator: "\n")
    }
  }

  @Test func unknownVariableNamesTemplateAndLine() throws {
    let expected = """
      templates/claim.html:2:4: error: unknown variable 'verdit' [bad-template]
          2 | <p>{{verdit}}</p></div>
            |    ^~~~~~~~~~
         note: templates/README.md lists the variables
         fix: write 'verdict'
      """
    #expect(try diagnostics("claim.html", "<div>\n<p>{{verdit}}</p></div>\n") == expected)
  }

  @Test func laterFoldersReplaceFilesAndMistakesNameTheirs() throws {
    let folder = NSTemporaryDirectory() + "templates-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    try write("<p>MINE {{> own}}</p>\n", "claim.html")
    try write("{{label}}", "own.html")
    let html = try ReportRenderer(templates: [TestTemplates.folder, folder]).html(SampleReport.make())
    #expect(html.contains("<p>MINE Claim 1</p>"))
    #expect(html.contains("<figure id=\"by-trials\">"), "the others are the tool's")
    try write("<p>\n{{verdit}}</p>\n", "claim.html")
    #expect {
      try ReportRenderer(templates: [TestTemplates.folder, folder])
    } throws: { error in
      let text = (error as? TemplateSet.Invalid)?.diagnostics.map(\.rendered).joined() ?? ""
      return text.hasPrefix("\(folder)/claim.html:2:1: error: unknown variable 'verdit' [bad-template]")
    }
  }

  @Test func unknownPartialNamesTemplateAndLine() throws {
    let text = try diagnostics("notes.md", "{{> bagde}}\n")
    #expect(
      text.hasPrefix(
        "templates/notes.md:1:1: error: unknown partial 'bagde' [bad-template]\n    1 | {{> bagde}}\n"))
    let expected = "templates/mark.html:1:1: error: unknown partial 'bagde' [bad-template]"
    #expect(try diagnostics("mark.html", "{{> bagde}}").hasPrefix(expected))
    #expect(try diagnostics("mark.html", "{{> bagde}}").hasSuffix("fix: write 'badge'"))
  }

  @Test func sectionsMustBalance() throws {
    let expected = """
      templates/claim.md:2:8: error: 'facts' is closed here, but 'marks' is open [bad-template]
          2 | {{.}}  {{/facts}}{{/marks}}
            |        ^~~~~~~~~~
         note: 'marks' opens on line 1
      templates/claim.md:3:1: error: the section 'title' is never closed [bad-template]
          3 | {{^title}}
            | ^~~~~~~~~~
         fix: write '{{/title}}' at its end
      """
    #expect(try diagnostics("claim.md", "{{#marks}}\n{{.}}  {{/facts}}{{/marks}}\n{{^title}}\n") == expected)
  }

  @Test(arguments: ["{{{body}}}", "{{&body}}", "{{=<% %>=}}", "{{% CONTENT_TYPE: TEXT}}", "{{<page}}"])
  func whatEscapesOtherwiseIsRefused(_ tag: String) throws {
    #expect(
      try diagnostics("mark.html", "x \(tag)\n").hasPrefix(
        "templates/mark.html:1:3: error: a template may hold only variables, sections, partials and comments")
    )
  }

  @Test func unclosedTagAndMissingTemplateAreFound() throws {
    #expect(
      try diagnostics("mark.html", "{{mark\n}}\n").hasPrefix(
        "templates/mark.html:1:1: error: this tag is not closed on its line [bad-template]"))
    #expect(
      try diagnostics("claim.md", nil).hasPrefix(
        "assay: error: the folder 'templates' lacks the template 'claim.md' [bad-template]"))
    #expect(try diagnostics("style.css", nil).contains("lacks the template 'style.css'"))
  }

  @Test func partialsMayNotLeadBackToThemselves() throws {
    let text = try diagnostics("mark.html", "{{> badge}}\n{{> notes}}{{> mark}}\n")
    #expect(text.hasPrefix("templates/mark.html:2:12: error: the partial 'mark' leads back to 'mark'"))
  }

  @Test func shippedTemplatesUseAndDocumentEveryVariable() throws {
    #expect(try diagnostics("none", nil) == "")
    let manual = try String(contentsOfFile: TestTemplates.folder + "/README.md", encoding: .utf8)
    var templates = ""
    for file in try TestTemplates.renderer().templates.files {
      templates += try String(contentsOfFile: file, encoding: .utf8)
    }
    for name in TemplateVocabulary.sortedNames {
      #expect(manual.contains("`\(name)`"), "\(name) is not documented")
      let isUsed = ["{{", "{{#", "{{^"].contains { templates.contains("\($0)\(name)}}") }
      #expect(isUsed, "\(name) is not used")
    }
  }

  @Test func pageAndStyleStaySmall() throws {
    let sizes = try TestTemplates.renderer().templates.files.filter { !$0.hasSuffix(".md") }.map {
      try String(contentsOfFile: $0, encoding: .utf8).utf8.count
    }
    #expect(sizes.reduce(0, +) < 25_000)
  }
}
