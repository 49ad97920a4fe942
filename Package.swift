// swift-tools-version: 6.1
import PackageDescription

// Kernels are compiled for AVX2 and FMA, without which no x86-64 machine gives the bits of the others; the tool says so
// where they are missing. Other architectures take what every machine of theirs has.
#if arch(x86_64)
  let kernelSettings: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-mavx2", "-Xcc", "-mfma"])]
#else
  let kernelSettings: [SwiftSetting] = []
#endif

// The floors, from the ground up. Imports point down only; ArchitectureTests reads the import lines.
let shims: [Target] = [
  .systemLibrary(name: "CCommonMark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
  .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
  .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
  .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
]

let ground: [Target] = [
  .target(name: "Diagnostics"),
  .target(name: "Randomness"),
  .target(name: "Statistics", dependencies: ["Randomness"]),
  .target(name: "Charts"),
  .target(name: "Markup", dependencies: ["CCommonMark", "CYAML", "Diagnostics"]),
  .target(name: "Tensors", dependencies: ["COpenBLAS"], swiftSettings: kernelSettings),
  .target(name: "Estimators", dependencies: ["Randomness", "Tensors"]),
]

let core: [Target] = [
  .target(name: "Experiments", dependencies: ["CCrypto", "Randomness"]),
  .target(name: "Parts", dependencies: ["Experiments", "Randomness"]),
  .target(name: "Protocols", dependencies: ["Experiments", "Parts", "Randomness"]),
  .target(name: "Claims", dependencies: ["Diagnostics", "Experiments", "Statistics"]),
]

let families: [Target] = [
  .target(
    name: "Calibrators", dependencies: ["Experiments", "Parts", "Randomness", "Statistics", "Tensors"]),
  .target(name: "Datasets", dependencies: ["CZlib", "Experiments", "Parts", "Randomness"]),
  .target(
    name: "Learning", dependencies: ["Estimators", "Experiments", "Parts", "Randomness", "Tensors"],
    swiftSettings: kernelSettings),
  .target(
    name: "Environments", dependencies: ["Experiments", "Parts", "Randomness", "Tensors"]),
  .target(
    name: "Agents",
    dependencies: ["Environments", "Experiments", "Learning", "Parts", "Randomness", "Tensors"],
    swiftSettings: kernelSettings),
  .target(
    name: "Tuners",
    dependencies: ["Estimators", "Experiments", "Parts", "Randomness", "Statistics", "Tensors"]),
  .target(name: "Measures", dependencies: ["Experiments", "Parts", "Randomness", "Tensors"]),
  .target(
    name: "Procedures",
    dependencies: [
      "Agents", "Calibrators", "Datasets", "Environments", "Estimators", "Experiments", "Learning",
      "Measures",
      "Parts", "Randomness", "Statistics", "Tensors", "Tuners",
    ]),
]

let engine: [Target] = [
  .target(
    name: "TrialStore",
    dependencies: ["Experiments", .product(name: "GRDB", package: "GRDB.swift")]),
  .target(name: "Execution", dependencies: ["Experiments"]),
  .target(
    name: "Commands",
    dependencies: ["Datasets", "Execution", "Experiments", "Parts", "Randomness", "TrialStore"]),
]

let face: [Target] = [
  .target(
    name: "Studies",
    dependencies: [
      "Charts", "Claims", "Diagnostics", "Experiments", "Markup", "Parts", "Protocols", "Randomness",
    ]),
  .target(
    name: "Reports",
    dependencies: [
      "Diagnostics", "Markup", .product(name: "Mustache", package: "swift-mustache"),
    ]),
  .target(
    name: "Driver",
    dependencies: [
      "Charts", "Claims", "Commands", "Datasets", "Diagnostics", "Estimators", "Execution", "Experiments",
      "Markup", "Parts", "Procedures", "Protocols", "Randomness", "Reports", "Statistics", "Studies",
      "Tensors",
      "TrialStore", "Tuners",
    ]),
  .executableTarget(
    name: "assay",
    dependencies: [
      "Diagnostics", "Driver", .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
]

// Only `make fuzz` builds it: libFuzzer comes with a sanitizer.
let fuzzer: [Target] =
  Context.environment["ASSAY_FUZZ"] == nil
  ? []
  : [
    .target(name: "CFuzzer", path: "Tests/Support/CFuzzer"),
    .executableTarget(name: "Fuzzer", dependencies: ["CFuzzer", "Fuzzing"], path: "Tests/Support/Fuzzer"),
  ]

let testSupport: [Target] = [
  .executableTarget(
    name: "AgentBenchmark", dependencies: ["Agents", "Environments", "Experiments", "Parts", "Randomness"],
    path: "Tests/Support/AgentBenchmark"),
  .target(name: "AllocationCounter", path: "Tests/Support/AllocationCounter"),
  .target(name: "EngineTestSupport", dependencies: ["Experiments"], path: "Tests/Support/EngineTestSupport"),
  .target(
    name: "Fuzzing",
    dependencies: [
      "Charts", "Claims", "Diagnostics", "Experiments", "Markup", "Parts", "Reports", "Studies",
    ],
    path: "Tests/Support/Fuzzing"),
  .executableTarget(
    name: "CalibrationBenchmark", dependencies: ["Experiments", "Measures", "Parts"],
    path: "Tests/Support/CalibrationBenchmark"),
  .executableTarget(
    name: "IntervalsBenchmark", dependencies: ["Statistics"], path: "Tests/Support/IntervalsBenchmark"),
  .executableTarget(
    name: "NumericsBenchmark",
    dependencies: ["Datasets", "Estimators", "Experiments", "Learning", "Parts", "Randomness", "Tensors"],
    path: "Tests/Support/NumericsBenchmark"),
  .executableTarget(
    name: "TunersBenchmark", dependencies: ["Experiments", "Parts", "Randomness", "Tuners"],
    path: "Tests/Support/TunersBenchmark"),
  .executableTarget(
    name: "WorkerProbe", dependencies: ["EngineTestSupport", "Execution", "Experiments", "TrialStore"],
    path: "Tests/Support/WorkerProbe"),
  .executableTarget(
    name: "EngineBench",
    dependencies: ["Driver", "EngineTestSupport", "Execution", "Experiments", "TrialStore"],
    path: "Tests/Support/EngineBench"),
]

let tests: [Target] = [
  .testTarget(
    name: "AgentsTests",
    dependencies: [
      "Agents", "AllocationCounter", "Environments", "Experiments", "Learning", "Parts", "Randomness",
      "Tensors",
    ],
    exclude: ["References"]),
  .testTarget(name: "ArchitectureTests"),
  .testTarget(
    name: "CalibratorsTests", dependencies: ["Calibrators", "Experiments", "Parts", "Randomness"],
    exclude: ["References"]),
  .testTarget(name: "ChartsTests", dependencies: ["Charts", "Measures"]),
  .testTarget(
    name: "ClaimsTests", dependencies: ["Claims", "Diagnostics", "Experiments", "Randomness", "Statistics"]),
  .testTarget(
    name: "CommandsTests",
    dependencies: [
      "Commands", "Datasets", "EngineTestSupport", "Execution", "Experiments", "Parts", "TrialStore",
    ]),
  .testTarget(
    name: "ConformanceTests",
    dependencies: [
      "Calibrators", "Datasets", "Experiments", "Learning", "Measures", "Parts", "Procedures", "Randomness",
      "Tensors",
      "Tuners",
    ],
    exclude: ["golden.txt"]),
  .testTarget(
    name: "DatasetsTests", dependencies: ["Datasets", "Experiments", "Parts", "Randomness"],
    exclude: ["References"]),
  .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
  .testTarget(
    name: "EnvironmentsTests",
    dependencies: ["AllocationCounter", "Environments", "Experiments", "Parts", "Randomness"],
    exclude: ["References"]),
  .testTarget(
    name: "EndToEndTests",
    dependencies: [
      "Claims", "Diagnostics", "Driver", "Execution", "Experiments", "Statistics", "TrialStore", "assay",
      .product(name: "GRDB", package: "GRDB.swift"),
    ],
    exclude: ["Browser", "Recorded", "Studies"]),
  .testTarget(
    name: "EstimatorsTests", dependencies: ["Estimators", "Randomness", "Tensors"], exclude: ["References"]),
  .testTarget(
    name: "ExecutionTests",
    dependencies: ["EngineTestSupport", "Execution", "Experiments", "TrialStore", "WorkerProbe"]),
  .testTarget(name: "ExperimentsTests", dependencies: ["Experiments", "Randomness"]),
  .testTarget(name: "FuzzingTests", dependencies: ["Fuzzing"], exclude: ["Corpus"]),
  .testTarget(
    name: "LearningTests",
    dependencies: [
      "AllocationCounter", "Estimators", "Experiments", "Learning", "Parts", "Randomness", "Tensors",
    ],
    exclude: ["References"]),
  .testTarget(name: "MarkupTests", dependencies: ["Diagnostics", "Markup"]),
  .testTarget(
    name: "MeasuresTests", dependencies: ["Experiments", "Measures", "Parts"], exclude: ["References"]),
  .testTarget(
    name: "ProtocolsTests", dependencies: ["Experiments", "Parts", "Protocols", "Randomness", "Tuners"]),
  .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
  .testTarget(name: "ReportsTests", dependencies: ["Diagnostics", "Markup", "Reports"]),
  .testTarget(
    name: "StatisticsTests", dependencies: ["Randomness", "Statistics"], exclude: ["References"]),
  .testTarget(
    name: "StudiesTests",
    dependencies: [
      "Charts", "Claims", "Diagnostics", "Experiments", "Markup", "Parts", "Procedures", "Protocols",
      "Studies",
      "Tuners",
    ],
    exclude: ["Mistakes"]),
  .testTarget(
    name: "TensorsTests", dependencies: ["Randomness", "Tensors"], exclude: ["References"]),
  .testTarget(
    name: "TrialStoreTests",
    dependencies: [
      "EngineTestSupport", "Experiments", "TrialStore", "WorkerProbe",
      .product(name: "GRDB", package: "GRDB.swift"),
    ]),
  .testTarget(
    name: "TunersTests", dependencies: ["Experiments", "Parts", "Randomness", "Tuners"],
    exclude: ["References"]),
]

let package = Package(
  name: "Assay",
  products: [.executable(name: "assay", targets: ["assay"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  ],
  targets: shims + ground + core + families + engine + face + testSupport + fuzzer + tests,
  swiftLanguageModes: [.v6]
)
