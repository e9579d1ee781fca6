using System.Net;
using System.Net.Sockets;
using System.Text;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;
using LocalAI.Pipeline.Testing.Logs;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class HostileCallerTests : IAsyncLifetime
{
    private const int Limit = 1000;
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private readonly LogCollector _log = new();
    private BackendServer _server = null!;
    private RawCaller _caller = null!;

    public static TheoryData<string, byte[], GrpcStatus, string> Bodies => new()
    {
        { "nothing", [], GrpcStatus.Internal, "no message" },
        { "half a prefix", [0, 0, 0], GrpcStatus.Internal, "inside a message" },
        { "a prefix alone", Frames.Of([], claimedLength: 5), GrpcStatus.Internal, "inside a message" },
        { "half a message", Frames.Of([10, 3, 97], claimedLength: 5), GrpcStatus.Internal, "inside a message" },
        { "a compressed message", Frames.Of([10, 1, 97], flag: 1), GrpcStatus.Internal, "compressed" },
        { "a flag that is none", Frames.Of([10, 1, 97], flag: 7), GrpcStatus.Internal, "7" },
        { "text", Encoding.ASCII.GetBytes("GET / HTTP/1.1"), GrpcStatus.Internal, "71" },
        { "a field that is cut", Frames.Of([10, 100, 97]), GrpcStatus.Internal, "PredictOptions" },
        { "wire types that are none", Frames.Of([7, 7, 7, 7]), GrpcStatus.Internal, "PredictOptions" },
        { "a string that is not UTF-8", Frames.Of([10, 2, 0xC3, 0x28]), GrpcStatus.Internal, "PredictOptions" },
        { "nesting without an end", Frames.Of([.. Enumerable.Repeat<byte>(0x0B, 900)]), GrpcStatus.Internal, "PredictOptions" },
        { "two messages", [.. Frames.Of([]), .. Frames.Of([])], GrpcStatus.Internal, "more than one" },
        { "bytes after the message", [.. Frames.Of([]), 1], GrpcStatus.Internal, "more than one" },
        { "a length over the limit", Frames.Of([], claimedLength: Limit + 1), GrpcStatus.ResourceExhausted, "1001" },
        { "the largest length", Frames.Of([], claimedLength: uint.MaxValue), GrpcStatus.ResourceExhausted, "4294967295" },
    };

    public static TheoryData<string, byte[]> Streams => new()
    {
        { "nothing", [] },
        { "HTTP/1.1", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n") },
        { "TLS", [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0] },
        { "half a preface", Encoding.ASCII.GetBytes(Preface[..9]) },
        { "a preface and garbage", [.. Encoding.ASCII.GetBytes(Preface), .. Enumerable.Repeat<byte>(0xFF, 4096)] },
        { "a frame that is too long", [.. Encoding.ASCII.GetBytes(Preface), 0, 0, 0, 4, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 1] },
        { "data for a stream that is none", [.. Encoding.ASCII.GetBytes(Preface), 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 9, 1] },
    };

    public async ValueTask InitializeAsync()
    {
        _server = await BackendServer.StartAsync(BackendAddress.Parse("127.0.0.1:0"), new ScriptedService { Predict = (_, _) => Task.FromResult(new Reply()) },
            new BackendServerOptions { MaxMessageBytes = Limit, LoggerFactory = _log }, TestTimeout.Token);
        _caller = new RawCaller(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await using var client = new BackendClient(_server.Address);
        Assert.Equal("OK", (await client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
        _log.AssertNoErrors();
        _caller.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task Body_ThatIsNoMessage_IsAnsweredWithItsStatus(string what, byte[] body, GrpcStatus status, string message)
    {
        var answer = await _caller.PostAsync(body);
        Assert.True(status == answer.Status, $"{what}: {answer}");
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_OfRandomBytes_AreAnswered()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var body = new byte[random.Next(1, 200)];
            random.NextBytes(body);
            var status = (await _caller.PostAsync(i % 2 == 0 ? body : Frames.Of(body))).Status;
            Assert.True(status is GrpcStatus.Internal or GrpcStatus.ResourceExhausted or GrpcStatus.Ok, $"{Convert.ToHexString(body)}: {status}");
        }
    }

    [Theory]
    [InlineData("/backend.Backend/Nothing")]
    [InlineData("/other.Service/Health")]
    [InlineData("/")]
    [InlineData("/backend.Backend/health")]
    public async Task Path_ThatIsNoCall_IsUnimplemented(string path)
    {
        var answer = await _caller.PostAsync(Frames.Of(new HealthMessage()), path);
        Assert.Equal((HttpStatusCode.OK, GrpcStatus.Unimplemented), (answer.Http, answer.Status));
        Assert.Contains(path, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc+json")]
    [InlineData("text/plain")]
    public async Task ContentType_ThatIsNotGrpc_IsHttp415(string contentType) =>
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _caller.PostAsync(Frames.Of(new PredictOptions()), contentType: contentType)).Http);

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;charset=utf-8")]
    public async Task ContentType_ThatIsGrpc_IsAnswered(string contentType) =>
        Assert.Equal(GrpcStatus.Ok, (await _caller.PostAsync(Frames.Of(new PredictOptions()), contentType: contentType)).Status);

    [Fact]
    public async Task Method_Get_IsHttp405()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Address.ToUri(), "/backend.Backend/Health"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _caller.SendAsync(request)).Http);
    }

    [Fact]
    public async Task Encoding_ThatIsNotSpoken_IsUnimplementedAndNamesTheOneThatIs()
    {
        var answer = await _caller.PostAsync(Frames.Of([1, 2, 3], flag: 1), headers: ("grpc-encoding", "gzip"));
        Assert.Equal((GrpcStatus.Unimplemented, "identity"), (answer.Status, answer.Ends["grpc-accept-encoding"]));
    }

    [Theory]
    [MemberData(nameof(Streams), DisableDiscoveryEnumeration = true)]
    public async Task Connection_WithOtherBytes_EndsAlone(string what, byte[] bytes)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_server.Address.Host, _server.Address.Port, TestTimeout.Token);
        await socket.SendAsync(bytes, TestTimeout.Token);
        socket.Shutdown(SocketShutdown.Send);
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, TestTimeout.Token) > 0)
            {
            }
        }
        catch (SocketException exception)
        {
            Assert.True(exception.SocketErrorCode == SocketError.ConnectionReset, what);
        }
    }
}
