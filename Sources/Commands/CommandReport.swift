import Experiments
import Foundation

/// What a command reported: JSON objects on its standard output, one a line.
///
/// `{"measures": {"accuracy": 0.9}}` are final values, with `"step": 3` points of curves;
/// `{"artefact": "weights", "file": "weights.npz"}` gives a file, `{"artefact": "logits", "items": […], "values": […]}` an
/// array about items; `{"cost": {"examples": 100, "flops": 5000}}` and `{"diverged": "why"}` speak for themselves.
struct CommandReport {
  enum Content {
    case file(String)
    case items(ArtefactContent)
  }

  private(set) var measures: [String: Double] = [:]
  private(set) var curves: [String: [(step: Int, value: Double)]] = [:]
  private(set) var artefacts: [String: Content] = [:]
  private(set) var cost = CountedCost()
  private(set) var divergence: String?

  /// - Throws: `CommandError.garbage` at the first line that is no message.
  init(_ output: [UInt8]) throws(CommandError) {
    let decoder = JSONDecoder()
    // Programs write NaN and Infinity, which JSON lacks.
    decoder.allowsJSON5 = true
    for (number, line) in output.split(separator: UInt8(ascii: "\n")).enumerated() {
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
      do {
        guard let message = try? decoder.decode([String: JSONValue].self, from: Data(line)) else {
          throw Malformed("it is not a JSON object")
        }
        try take(message)
      } catch let error as Malformed {
        throw .garbage(line: number + 1, reason: error.reason)
      } catch {
        throw .garbage(line: number + 1, reason: "\(error)")
      }
    }
  }

  private struct Malformed: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }

  private mutating func take(_ message: [String: JSONValue]) throws {
    let names = message.keys.sorted()
    switch names {
    case ["measures"], ["measures", "step"]: try takeMeasures(message)
    case ["artefact", "file"]:
      guard case .text(let name)? = message["artefact"], case .text(let path)? = message["file"] else {
        throw Malformed("'artefact' and 'file' are texts")
      }
      artefacts[name] = .file(path)
    case ["artefact", "items", "values"]: try takeItems(message)
    case ["cost"]: try takeCost(message["cost"])
    case ["diverged"]:
      guard case .text(let reason)? = message["diverged"] else { throw Malformed("'diverged' is a text") }
      divergence = divergence ?? reason
    default:
      throw Malformed(
        names.isEmpty ? "it says nothing" : "it has the keys \(names.joined(separator: ", "))")
    }
  }

  private mutating func takeMeasures(_ message: [String: JSONValue]) throws {
    guard case .map(let values)? = message["measures"] else { throw Malformed("'measures' is an object") }
    var step: Int?
    if let written = message["step"] {
      guard case .number(let number) = written, let whole = Int(exactly: number), whole >= 0 else {
        throw Malformed("'step' is a whole number from 0")
      }
      step = whole
    }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard case .number(let number) = value else { throw Malformed("the measure '\(name)' is not a number") }
      if !number.isFinite { divergence = divergence ?? "the measure '\(name)' is \(number)" }
      guard let step else {
        measures[name] = number
        continue
      }
      if let last = curves[name]?.last, last.step >= step {
        throw Malformed("the steps of '\(name)' do not ascend")
      }
      if number.isFinite { curves[name, default: []].append((step, number)) }
    }
  }

  private mutating func takeItems(_ message: [String: JSONValue]) throws {
    guard case .text(let name)? = message["artefact"], case .list(let ids)? = message["items"],
      case .list(let values)? = message["values"], ids.count == values.count
    else { throw Malformed("'items' and 'values' are lists of equal length") }
    let items = try ids.map { id -> RowDigest in
      guard case .text(let text) = id, let item = RowDigest(hex: text) else {
        throw Malformed("an item is named by its id in the data files")
      }
      return item
    }
    let rows = try values.map { row -> [Float] in
      switch row {
      case .number(let number): return [Float(number)]
      case .list(let numbers):
        return try numbers.map { entry in
          guard case .number(let number) = entry else { throw Malformed("the values of an item are numbers") }
          return Float(number)
        }
      default: throw Malformed("the values of an item are numbers")
      }
    }
    let width = rows.first?.count ?? 0
    guard rows.allSatisfy({ $0.count == width }), Set(items).count == items.count else {
      throw Malformed("each item occurs once, all with as many values")
    }
    let array = ArtefactContent.Array(name: name, shape: [items.count, width], values: rows.flatMap { $0 })
    artefacts[name] = .items(ArtefactContent(items: items, arrays: [array]))
  }

  private mutating func takeCost(_ cost: JSONValue?) throws {
    guard case .map(let counts)? = cost else { throw Malformed("'cost' is an object") }
    for (name, value) in counts {
      guard case .number(let number) = value, let whole = Int(exactly: number), whole >= 0 else {
        throw Malformed("a cost is a whole number")
      }
      switch name {
      case "examples": self.cost.examples = whole
      case "flops": self.cost.flops = whole
      default: throw Malformed("a cost is 'examples' or 'flops', not '\(name)'")
      }
    }
  }
}

/// A JSON value of any kind but null.
enum JSONValue: Decodable {
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case map([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .map(try container.decode([String: JSONValue].self))
    }
  }
}
