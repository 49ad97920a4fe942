import Experiments

/// Support vector machine or random forest on scikit-learn's digits: the conditional task of the comparison.
let digitsSpace = Space([
  Dimension(name: "model", path: ["model"], domain: .choice([.text("svm"), .text("rf")])),
  Dimension(
    name: "kernel", path: ["kernel"], domain: .choice(["linear", "rbf", "poly"].map(Setting.text)),
    activation: .init(parent: "model", options: [.text("svm")])),
  Dimension(
    name: "C", path: ["C"], domain: .number(from: 1e-3, to: 1e3, logarithmic: true),
    activation: .init(parent: "model", options: [.text("svm")])),
  Dimension(
    name: "gamma", path: ["gamma"], domain: .number(from: 1e-4, to: 10, logarithmic: true),
    activation: .init(parent: "kernel", options: [.text("rbf"), .text("poly")])),
  Dimension(
    name: "degree", path: ["degree"], domain: .integer(from: 2, to: 5, logarithmic: false),
    activation: .init(parent: "kernel", options: [.text("poly")])),
  Dimension(
    name: "trees", path: ["trees"], domain: .integer(from: 10, to: 100, logarithmic: true),
    activation: .init(parent: "model", options: [.text("rf")])),
  Dimension(
    name: "max_features", path: ["max_features"], domain: .number(from: 0.05, to: 1, logarithmic: false),
    activation: .init(parent: "model", options: [.text("rf")])),
  Dimension(
    name: "leaf", path: ["leaf"], domain: .integer(from: 1, to: 20, logarithmic: false),
    activation: .init(parent: "model", options: [.text("rf")])),
])
