/// All marks and presets that authors can name, a line each.
package enum ChartForms {
  /// In the order of the manual.
  package static let marks: [ChartForm] = [
    .area,
    .arrow,
    .band,
    .bar,
    .box,
    .contour,
    .density,
    .ecdf,
    .errorBar,
    .histogram,
    .line,
    .point,
    .rect,
    .rule,
    .strip,
    .text,
    .tick,
    .violin,
  ]

  /// In the order of the manual.
  package static let presets: [ChartForm] = [
    .correlationMatrix,
    .criticalDifferenceDiagram,
    .dumbbell,
    .filmStrip,
    .forestPlot,
    .importanceBars,
    .intervalStrips,
    .learningCurve,
    .optimisationHistory,
    .parallelCoordinates,
    .performanceProfile,
    .populationLineage,
    .powerLawFit,
    .rankedGraphs,
    .reliabilityDiagram,
    .responseCurve,
    .responseSurface,
    .riskCoverage,
    .rocCurve,
    .slopeChart,
  ]

  package static func mark(_ name: String) -> ChartForm? { marks.first { $0.name == name } }
  package static func preset(_ name: String) -> ChartForm? { presets.first { $0.name == name } }
}
