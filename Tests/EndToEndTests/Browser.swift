import Foundation

/// A headless Chromium that tests look at pages with, over the DevTools protocol on a pair of pipes.
///
/// Pages have no script of their own; what is asked of them is evaluated from outside, past their policy.
final class Browser {
  /// How a page is looked at.
  struct View {
    var width = 1280
    var isDark = false
    var isPrinted = false
  }

  struct Failure: Error, CustomStringConvertible { let description: String }

  /// The browser's program; nil where the machine has none.
  static let program: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium", "chromium-browser", "google-chrome"].lazy.flatMap { name in
      folders.map { "\($0)/\(name)" }
    }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Whether there is one; says so in words where there is none.
  static let isHere: Bool = {
    if program == nil { print("SKIPPED: no Chromium here to look at pages with; 'make browser' installs it") }
    return program != nil
  }()

  private let process = Process()
  private let commands = Pipe()
  private let answers = Pipe()
  private var unread = Data()
  private var count = 0
  private var session: String?
  /// What the console and the log of the page said since it was opened.
  private(set) var complaints: [String] = []
  private var hasLoaded = false

  init() throws {
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    // Nobody waits for ever for a browser that hangs.
    process.arguments = [
      "-c",
      "exec timeout -k 5 300 \(Self.program ?? "chromium") --headless=new --no-sandbox --disable-gpu --hide-scrollbars "
        + "--disable-dev-shm-usage --remote-debugging-pipe 3<&0 4>&1 </dev/null >/dev/null 2>&1",
    ]
    process.standardInput = commands
    process.standardOutput = answers
    process.environment = ProcessInfo.processInfo.environment.merging(["HOME": NSTemporaryDirectory()]) { $1 }
    try process.run()
    let target = try send("Target.createTarget", ["url": "about:blank"])["targetId"] as? String
    session =
      try send("Target.attachToTarget", ["targetId": target ?? "", "flatten": true])["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log"] { try send("\(domain).enable") }
  }

  deinit {
    _ = try? send("Browser.close")
    process.waitUntilExit()
  }

  /// Loads a page's file and waits until it is there.
  func open(_ file: String, as view: View = View()) throws {
    try look(as: view)
    complaints = []
    hasLoaded = false
    let allowed = CharacterSet.urlPathAllowed
    let path = file.addingPercentEncoding(withAllowedCharacters: allowed) ?? file
    let answer = try send("Page.navigate", ["url": "file://\(path)"])
    if let problem = answer["errorText"] as? String { throw Failure(description: "\(file): \(problem)") }
    while !hasLoaded { try note(read()) }
  }

  /// Shows the open page otherwise.
  func look(as view: View) throws {
    try send(
      "Emulation.setEmulatedMedia",
      [
        "media": view.isPrinted ? "print" : "",
        "features": [["name": "prefers-color-scheme", "value": view.isDark ? "dark" : "light"]],
      ])
    try send(
      "Emulation.setDeviceMetricsOverride",
      ["width": view.width, "height": 900, "deviceScaleFactor": 1, "mobile": false])
  }

  /// What an expression of the page's language comes to, a promise's value where it is one.
  func evaluate(_ script: String) throws -> Any? {
    let answer = try send(
      "Runtime.evaluate", ["expression": script, "returnByValue": true, "awaitPromise": true])
    if let problem = answer["exceptionDetails"] { throw Failure(description: "\(problem)") }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// The page on paper.
  func printed() throws -> Data {
    let answer = try send("Page.printToPDF", ["printBackground": true, "preferCSSPageSize": true])
    return Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
  }

  /// A picture of the whole page.
  func picture() throws -> Data {
    let answer = try send("Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
    return Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
  }

  /// Lets pages run whatever they hold, and every page begin with a script.
  func trust(pages script: String) throws {
    try send("Page.setBypassCSP", ["enabled": true])
    try send("Page.addScriptToEvaluateOnNewDocument", ["source": script])
  }

  @discardableResult
  private func send(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    count += 1
    var message: [String: Any] = ["id": count, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    try commands.fileHandleForWriting.write(
      contentsOf: JSONSerialization.data(withJSONObject: message) + [0])
    while true {
      let answer = try read()
      guard answer["id"] as? Int == count else {
        note(answer)
        continue
      }
      if let problem = answer["error"] { throw Failure(description: "\(method): \(problem)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  private func read() throws -> [String: Any] {
    while true {
      if let end = unread.firstIndex(of: 0) {
        let message = Data(unread[unread.startIndex..<end])
        unread = Data(unread[(end + 1)...])
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      let more = answers.fileHandleForReading.availableData
      guard !more.isEmpty else { throw Failure(description: "the browser has ended") }
      unread += more
    }
  }

  private func note(_ event: [String: Any]) {
    switch event["method"] as? String {
    case "Page.loadEventFired": hasLoaded = true
    case "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled",
      "Page.javascriptDialogOpening":
      complaints.append("\(event["params"] ?? "")")
    default: break
    }
  }
}
