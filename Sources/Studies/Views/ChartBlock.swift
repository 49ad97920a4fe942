import Charts
import Claims
import Diagnostics

/// A chart block in Vega-Lite's words, checked.
package struct ChartBlock: Sendable {
  package let name: String
  package let caption: String?
  /// Drawn in this order; the first gives the axes their titles and scales where others are silent.
  package let layers: [Layer]
  /// The columns whose values have a panel each: side by side, and below each other.
  package let facet: Facet
  package let references: [Reference]
  /// The claims of a forest plot of claims, instead of layers; nil for other charts.
  package let claims: [String]?
  package let unit: [String]

  /// A mark or a preset with the rows it draws.
  package struct Layer: Sendable {
    package let form: ChartForm
    /// Whether the form draws rows of a table rather than estimates; a mark of estimates does where `aggregate` is none.
    package let readsRows: Bool
    /// The table of rows, and what reads those that meet the condition; nil reads all.
    package let table: String?
    package let filter: Expression?
    package let channels: [ChartChannel: Binding]
    /// The axes of parallel coordinates.
    package let columns: [Binding]
    package let options: Options

    /// Whether numbers in color shade the rows that are drawn, rather than tell groups apart.
    package var shadesRows: Bool {
      readsRows && (form.readsShades || form.shadesCells) && channels[.color]?.isNumeric == true
    }

    /// Every table it reads.
    package var tables: [String] {
      (readsRows ? [table].compactMap { $0 } : []) + expressions.flatMap(\.tables)
    }

    /// The expressions of its channels, in the order of the channels.
    package var expressions: [Expression] {
      ChartChannel.allCases.compactMap { channel in
        if case .expression(let expression)? = channels[channel]?.content { expression } else { nil }
      }
    }
  }

  /// What a channel shows, and how.
  package struct Binding: Sendable {
    package enum Content: Sendable {
      /// Groups by a column, or reads it row by row.
      case column(String)
      case expression(Expression)
    }

    package let content: Content
    /// As the author wrote it.
    package let text: String
    package let title: String?
    /// A column whose values are numbers; expressions always are.
    package let isNumeric: Bool
    package let scale: Scale
    package let sort: Sort?
    /// About how many bins; nil where not asked for.
    package let bins: Int?

    package var isColumn: Bool { if case .column = content { true } else { false } }
  }

  package enum Scale: Sendable {
    /// By the column: bands for words, a line for numbers.
    case automatic
    case linear(domain: ClosedRange<Double>?)
    case log(domain: ClosedRange<Double>?)
    case symlog(domain: ClosedRange<Double>?)
    case time
    /// Categories with bands, or as places.
    case band, ordinal
  }

  package enum Sort: Sendable {
    /// By the values, smallest first.
    case ascending
    case descending
    /// These first.
    case order([String])
  }

  package struct Facet: Sendable {
    package let column: String?
    package let row: String?
  }

  /// A labelled line across the plot.
  package struct Reference: Sendable {
    /// At a value of x; nil for a value on whichever axis shows values.
    package let isVertical: Bool?
    package let value: Double
    package let label: String
  }

  package struct Options: Sendable {
    /// How a curve is fitted.
    package enum Fit: String, CaseIterable, Sendable {
      case linear, isotonic, saturating
      case powerLaw = "power-law"
    }

    package var showsIntervals = true
    package var fit: Fit?
    package var fitWindow: ClosedRange<Double>?
    package var isSmallerBetter = false
  }

  /// Every table it reads.
  package var tables: [String] { layers.flatMap(\.tables) }
}
