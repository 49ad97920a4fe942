/// A moment in the proleptic Gregorian calendar, UTC, computed without the C library.
package struct CivilTime: Hashable {
  let year: Int
  /// 1 … 12.
  let month: Int
  /// 1 … 31.
  let day: Int
  /// Seconds since midnight.
  let second: Int

  static let secondsOfDay = 86_400

  /// - Parameter seconds: since the start of 1970; within ±10¹⁴, about three million years.
  init(secondsSince1970 seconds: Double) {
    let whole = Int(min(max(seconds, -1e14), 1e14).rounded(.down))
    let days = Int((Double(whole) / Double(Self.secondsOfDay)).rounded(.down))
    second = whole - days * Self.secondsOfDay
    // Years start in March here, so that the day of February 29th is their last (Hinnant, "chrono-compatible
    // low-level date algorithms", 2021).
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The start of a day, as seconds since the start of 1970.
  static func seconds(year: Int, month: Int, day: Int) -> Double {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Double(era * 146_097 + dayOfEra - 719_468) * Double(secondsOfDay)
  }

  /// The seconds since 1970 of `2024-03-05`, `2024-03-05T14:30` or `2024-03-05T14:30:59Z`; nil for other texts
  /// and days that the calendar lacks.
  package static func seconds(iso text: String) -> Double? {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    let date = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count <= 2, date.count == 3, date.map(\.utf8.count) == [4, 2, 2],
      let year = number(date[0]), let month = number(date[1]), let day = number(date[2]),
      (1...12).contains(month), day >= 1
    else { return nil }
    let start = seconds(year: year, month: month, day: day)
    let back = CivilTime(secondsSince1970: start)
    guard (back.year, back.month, back.day) == (year, month, day) else { return nil }
    guard parts.count == 2 else { return start }
    let clock = (parts[1].last == "Z" ? parts[1].dropLast() : parts[1])
      .split(separator: ":", omittingEmptySubsequences: false)
    let fields = clock.compactMap(number)
    guard (2...3).contains(clock.count), fields.count == clock.count,
      clock.allSatisfy({ $0.utf8.count == 2 }),
      fields[0] < 24, fields.dropFirst().allSatisfy({ $0 < 60 })
    else { return nil }
    return start + Double(fields[0] * 3600 + fields[1] * 60 + (fields.count == 3 ? fields[2] : 0))
  }

  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `5 Mar`.
  var dayText: String { "\(day) \(Self.months[month - 1])" }
  /// `Mar 2024`.
  var monthText: String { "\(Self.months[month - 1]) \(year)" }
  /// `14:30`, with seconds where they are not zero.
  var clockText: String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let text = two(second / 3600) + ":" + two(second / 60 % 60)
    return second % 60 == 0 ? text : text + ":" + two(second % 60)
  }
}
