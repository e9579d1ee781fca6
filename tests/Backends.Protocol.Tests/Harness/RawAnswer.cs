using System.Globalization;
using System.Net;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>What came back: trailers, or headers where there were no trailers.</summary>
internal sealed record RawAnswer(HttpStatusCode Http, byte[] Body, IReadOnlyDictionary<string, string> Ends)
{
    public GrpcStatus Status => (GrpcStatus)int.Parse(Ends["grpc-status"], CultureInfo.InvariantCulture);

    public string Message => Ends["grpc-message"];
}
