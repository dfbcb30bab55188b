// swift-tools-version: 6.1
import PackageDescription

/// For the executables, which nothing imports.
let executableSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let swiftSettings = executableSettings + [.enableUpcomingFeature("InternalImportsByDefault")]

let package = Package(
  name: "smi-correction-ledger",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "EventLog", targets: ["EventLog"]),
    .executable(name: "smi-ledger", targets: ["LedgerCLI"]),
    .executable(name: "ledger-bench", targets: ["LedgerBench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.30.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(
      name: "CLedgerShim", dependencies: [.product(name: "GRDBSQLite", package: "GRDB.swift")]),
    .systemLibrary(name: "CZlib"),
    .target(name: "CanonicalJSON", swiftSettings: swiftSettings),
    .target(name: "Corrections", swiftSettings: swiftSettings),
    .target(
      name: "Wire", dependencies: ["Corrections", "CanonicalJSON", "CZlib"],
      swiftSettings: swiftSettings),
    .target(
      name: "EventLog",
      dependencies: [
        "CanonicalJSON", "CLedgerShim",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: swiftSettings),
    .target(
      name: "Ledger",
      dependencies: [
        "Corrections", "Wire", "EventLog", "CanonicalJSON",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "Answers",
      dependencies: ["Ledger", "Corrections", "Wire", "EventLog", "CanonicalJSON"],
      swiftSettings: swiftSettings),
    .target(
      name: "Pages",
      dependencies: [
        "Answers", "Ledger", "Corrections", "Wire",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [.embedInCode("Templates")],
      swiftSettings: swiftSettings),
    .target(
      name: "LedgerWeb",
      dependencies: [
        "Answers", "Ledger", "Corrections", "Wire", "EventLog", "Pages",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      resources: [.embedInCode("openapi.yaml")],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "LedgerCLI",
      dependencies: [
        "Answers", "Ledger", "Corrections", "Wire", "EventLog", "CanonicalJSON", "Pages",
        "LedgerWeb",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: executableSettings),
    .executableTarget(
      name: "LedgerBench",
      dependencies: [
        "Ledger", "EventLog", "Corrections", "Wire", "CanonicalJSON", "OwnThread",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ], swiftSettings: executableSettings),
    .testTarget(
      name: "CanonicalJSONTests", dependencies: ["CanonicalJSON"], swiftSettings: swiftSettings),
    .testTarget(
      name: "CorrectionsTests", dependencies: ["Corrections"], swiftSettings: swiftSettings),
    .testTarget(
      name: "WireTests", dependencies: ["Wire", "Corrections"], exclude: ["Samples"],
      swiftSettings: swiftSettings),
    // Test-only: threads that can be waited for, a program that appends until it is killed, and an
    // engine whose disk can break.
    .target(name: "OwnThread", path: "Tests/OwnThread", swiftSettings: swiftSettings),
    .executableTarget(
      name: "log-hammer",
      dependencies: [
        "EventLog", "CanonicalJSON",
      ], path: "Tests/LogHammer", swiftSettings: executableSettings),
    .target(
      name: "CFaultVFS", dependencies: [.product(name: "GRDBSQLite", package: "GRDB.swift")],
      path: "Tests/CFaultVFS"),
    .testTarget(
      name: "EventLogTests",
      dependencies: [
        "EventLog", "CanonicalJSON", "CLedgerShim", "CFaultVFS", "OwnThread", "log-hammer",
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: swiftSettings),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "Ledger", "EventLog", "Corrections", "Wire", "CanonicalJSON", "OwnThread",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: swiftSettings),
    .testTarget(
      name: "PagesTests",
      dependencies: ["Pages", "Answers", "Ledger", "EventLog", "Corrections", "Wire"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "StoredFormTests", dependencies: ["Wire", "Corrections", "CanonicalJSON"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "TidyTests", dependencies: ["Corrections", "Wire", "LedgerCLI"],
      swiftSettings: swiftSettings),
    // Test-only: a server with limits that can be waited for.
    .executableTarget(
      name: "limited-server", dependencies: ["Ledger", "LedgerWeb"], path: "Tests/LimitedServer",
      swiftSettings: executableSettings),
    // The built program as a process, beside the tests.
    .testTarget(
      name: "CLITests",
      dependencies: [
        "LedgerCLI", "Answers", "LedgerBench", "LedgerWeb", "Ledger", "EventLog", "Corrections",
        "Wire", "limited-server", .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ], swiftSettings: swiftSettings),
    .testTarget(name: "SoakTests", swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)
