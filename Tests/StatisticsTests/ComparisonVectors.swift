// Printed by References/comparisons.py.
enum ComparisonVectors {
  static let x = [-0.5, -1.02, 0.05, -1.23, 1.44, 0.41, -0.25, -0.48, 1.05]
  static let y = [1.63, 0.27, -1.23, -0.96, 1.6, 0.2, -1.73]
  static let groups = [0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0]
  static let responses = [-0.1, -1.2, -0.2, -0.1, 0.7, 1.4, 0.7, 0.2, 1.2]
  static let improvement = 0.48412698412698413
  static let slope = 0.7599999999999999
  static let trend = 0.7692307692307693
  static let gap = 0.7244444444444444
  static let geometricMean = 0.5099778973177526
  static let shareAbove = 0.3333333333333333
  static let shareBelow = 0.6666666666666666
}
