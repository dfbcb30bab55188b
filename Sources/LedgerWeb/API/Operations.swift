import Foundation
import HTTPTypes
import Ledger

/// What says how the server is, and what there is to ask.
enum OperationRoutes {
  static let all = [
    Route(.health, .get, "/healthz") { _ in .text("ok\n") },
    Route(.ready, .get, "/readyz") { call in
      _ = try call.ledger.head()
      return .text("ready\n")
    },
    Route(.metrics, .get, "/metrics") { call in
      .text(
        try call.server.metrics.text(call.server), type: "text/plain; version=0.0.4; charset=utf-8")
    },
    Route(.openapi, .get, "/v1/openapi.yaml") { _ in
      Reply(PackageResources.openapi_yaml, as: "application/yaml; charset=utf-8")
    },
    Route(.problem, .get, "/problems/{kind}") { call in
      let kind = try call.name("kind") { ProblemKind(rawValue: $0) }
      return .text("\(kind.status.code) \(kind.title)\n\n\(kind.explanation)\n")
    },
  ]
}

/// Every route there is.
package enum Routes {
  package static let all =
    OperationRoutes.all + MessageRoutes.all + DeviceRoutes.all + CorrectionLists.all
    + CorrectionReads.all + CorrectionActs.all + ReportRoutes.all + LogRoutes.all
    + DiscrepancyRoutes.all + PageRoutes.all
}
