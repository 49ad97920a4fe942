import Foundation
import Learning
import Tensors
import Testing

@Suite struct ObjectiveTests {
  private func evaluate(_ build: (Graph) -> Tensor) -> [Double] {
    let graph = Graph()
    let tensor = build(graph)
    let plan = Plan<Double>(graph, outputs: [tensor])
    plan.run()
    return plan.values(tensor)
  }

  private func softmax(_ x: [Double]) -> [Double] {
    let total = x.reduce(0) { $0 + exp($1) }
    return x.map { exp($0) / total }
  }

  @Test func distillationIsTheScaledDivergence() {
    let (student, teacher) = ([0.5, -1, 2], [1.0, 0, -0.5])
    let value = evaluate {
      distillation(
        student: $0.constant(student, [1, 3]), teacher: $0.constant(teacher, [1, 3]), temperature: 3)
    }
    let (p, q) = (softmax(student.map { $0 / 3 }), softmax(teacher.map { $0 / 3 }))
    let expected = 9 * zip(p, q).reduce(0) { $0 + $1.1 * log($1.1 / $1.0) }
    #expect(abs(value[0] - expected) < 1e-12)
    #expect(
      abs(
        evaluate {
          distillation(
            student: $0.constant(teacher, [1, 3]), teacher: $0.constant(teacher, [1, 3]), temperature: 2)
        }[0]) < 1e-15)
  }

  @Test func noDerivativeReachesTheTeacher() {
    let graph = Graph()
    let (student, teacher) = (graph.parameter("student", [1, 3]), graph.parameter("teacher", [1, 3]))
    let loss = sum(distillation(student: student, teacher: teacher, temperature: 2))
    let plan = Plan<Double>(
      graph, outputs: [loss], gradient: graph.gradient(of: loss, with: [student, teacher]))
    plan.run(parameters: [1, 2, 3, 0, -1, 4])
    #expect(plan.gradient[0..<3].contains { $0 != 0 } && plan.gradient[3..<6].allSatisfy { $0 == 0 })
  }

  @Test func contrastiveObjectiveFollowsTheDefinition() {
    let (queries, keys) = ([1.0, 0, 0, 1], [0.8, 0.6, 0, 1])
    let values = evaluate {
      infoNCE(queries: $0.constant(queries, [2, 2]), keys: $0.constant(keys, [2, 2]), temperature: 0.5)
    }
    #expect(abs(values[0] + log(softmax([0.8 / 0.5, 0])[0])) < 1e-12)
    #expect(abs(values[1] + log(softmax([0.6 / 0.5, 1 / 0.5])[1])) < 1e-12)
  }

  @Test func squaredErrorFollowsTheDefinition() {
    let values = evaluate {
      squaredError($0.constant([1, 5], [2, 1]), targets: $0.constant([3, 4], [2, 1]))
    }
    #expect(values == [4, 1])
  }
}
