import Foundation
import Testing

/// The server behind TLS, asked by a client that is not ours.
@Suite struct `A server with TLS` {
  /// An authority, a certificate of the server, and one of a client, made by OpenSSL.
  private static let making = """
    cd "$2" || exit 1
    new() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -subj "$2" "${@:3}"; }
    new ca "/CN=authority" -x509 -days 2 -out ca.pem
    new other "/CN=other authority" -x509 -days 2 -out other.pem
    for who in server client; do
      new $who "/CN=$who" -out $who.csr
      printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\\n' > $who.ext
      openssl x509 -req -in $who.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile $who.ext -out $who.pem
    done
    """

  /// Asks for one address; prints the status and a header, or why there is no answer.
  private static let asking = """
    import ssl, sys, urllib.request
    folder, port, client, token = sys.argv[1:]
    context = ssl.create_default_context(cafile=folder + "/ca.pem")
    if client:
        context.load_cert_chain(folder + "/client.pem", folder + "/client.key")
    request = urllib.request.Request(
        f"https://localhost:{port}/v1/corrections", headers={"Authorization": "Bearer " + token})
    try:
        with urllib.request.urlopen(request, context=context, timeout=20) as answer:
            print(answer.status)
    except OSError as error:
        print("none:", type(error).__name__)
    """

  private func made(_ ledger: FilledLedger) throws -> String? {
    let folder = ledger.folder.path("tls")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let run = try SMILedger.shell(
      "command -v openssl python3 > /dev/null || { echo none; exit 0; }; exec bash -ec \"$3\" bash - \"$2\"",
      [folder, Self.making])
    guard run.output != "none\n" else {
      print("skipped: TLS, since there is no openssl or python3")
      return nil
    }
    try #require(run.exit == 0, "\(run.errors)")
    return folder
  }

  private func ask(
    _ served: ServedLedger, _ folder: String, withCertificate: Bool
  ) throws -> String {
    let file = try served.ledger.folder.write("ask.py", Self.asking)
    return try SMILedger.shell(
      "shift; exec python3 \"$@\"",
      [file, folder, String(served.port), withCertificate ? "yes" : "", served.token(.supA)]
    ).output
  }

  @Test func `is asked as before, and by nobody in the clear`() throws {
    let ledger = try FilledLedger()
    guard let folder = try made(ledger) else { return }
    let served = try ServedLedger(
      ledger, ["--tls-certificate", folder + "/server.pem", "--tls-key", folder + "/server.key"])
    #expect(try ask(served, folder, withCertificate: false) == "200\n")
    let clear = try served.exchange("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", waiting: 5)
    #expect(!String(decoding: clear, as: UTF8.self).contains("HTTP/1.1"))
    #expect(try ask(served, folder, withCertificate: false) == "200\n", "it goes on")
  }

  @Test func `takes only clients whose certificates an authority has signed, and their tokens`()
    throws
  {
    let ledger = try FilledLedger()
    guard let folder = try made(ledger) else { return }
    let files = ["--tls-certificate", folder + "/server.pem", "--tls-key", folder + "/server.key"]
    let served = try ServedLedger(ledger, files + ["--client-ca", folder + "/ca.pem"])
    #expect(try ask(served, folder, withCertificate: true) == "200\n")
    #expect(try ask(served, folder, withCertificate: false).hasPrefix("none:"))
    let strict = try ServedLedger(ledger, files + ["--client-ca", folder + "/other.pem"])
    #expect(try ask(strict, folder, withCertificate: true).hasPrefix("none:"))
  }

  @Test func `does not begin without what it needs, and says which file`() throws {
    let ledger = try FilledLedger()
    let rubbish = try ledger.folder.write("rubbish.pem", "not a certificate\n")
    for (options, exit, words) in [
      (["--tls-certificate", rubbish], 64, "go together"),
      (["--client-ca", rubbish], 64, "needs --tls-certificate"),
      (["--tls-certificate", "none.pem", "--tls-key", rubbish], 66, "none.pem"),
      (["--tls-certificate", rubbish, "--tls-key", rubbish], 65, "rubbish.pem"),
    ] {
      let run = try ledger.run(["serve", "--port", "0"] + options)
      #expect(run.exit == exit && run.errors.contains(words), "\(run.exit) \(run.errors)")
    }
  }
}
