using System.Net;
using System.Net.Sockets;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class LostConnectionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_ToNobody_IsUnavailable(bool overTcp)
    {
        using var folder = new SocketFolder();
        var address = overTcp ? BackendAddress.ForTcp("127.0.0.1", FreePort.Next()) : folder.Address;
        await using var client = new BackendClient(address);
        var failure = await Failing.Of(client.HealthAsync(TestTimeout.Token));
        Assert.Equal(GrpcStatus.Unavailable, failure.Status);
        Assert.Contains(address.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Equal(GrpcStatus.Unavailable, (await Failing.Of(client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token))).Failure.Status);
    }

    [Fact]
    public async Task Call_ToAServerThatSpeaksSomethingElse_IsUnavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var client = new BackendClient(BackendAddress.ForTcp("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port));
        var call = Failing.Of(client.HealthAsync(TestTimeout.Token));
        using (var socket = await listener.AcceptSocketAsync(TestTimeout.Token))
        {
            await socket.SendAsync("220 mail.example.com ESMTP\r\n"u8.ToArray(), TestTimeout.Token);
        }

        Assert.Equal(GrpcStatus.Unavailable, (await call).Status);
    }

    [Fact]
    public async Task Connection_LostInMidStream_IsUnavailableAndTheNextCallOpensAnother()
    {
        await using var server = await BackendServer.StartAsync(BackendAddress.Parse("127.0.0.1:0"), new WaitingService(), cancellationToken: TestTimeout.Token);
        await using var proxy = new TcpProxy(server.Address.Port);
        await using var client = new BackendClient(BackendAddress.ForTcp("127.0.0.1", proxy.Port), BackendClientOptions.OwnBackend);
        await using var stream = client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());
        proxy.Cut();
        var failure = await Assert.ThrowsAsync<BackendCallException>(async () => await stream.MoveNextAsync());
        Assert.Equal(GrpcStatus.Unavailable, failure.Status);
        proxy.Mend();
        Assert.Equal("OK", (await client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
    }

    [Fact]
    public async Task Caller_ThatVanishes_CancelsItsCallInTheService()
    {
        var service = new WaitingService();
        await using var server = await BackendServer.StartAsync(BackendAddress.Parse("127.0.0.1:0"), service, cancellationToken: TestTimeout.Token);
        await using var proxy = new TcpProxy(server.Address.Port);
        await using var client = new BackendClient(BackendAddress.ForTcp("127.0.0.1", proxy.Port));
        var call = Failing.Of(client.PredictAsync(new PredictOptions(), TestTimeout.Token));
        await service.Started.OrTimeout("the call");
        proxy.Cut();
        await service.Ended.OrTimeout("the service's token");
        Assert.Equal(GrpcStatus.Unavailable, (await call).Status);
    }

    [Fact]
    public async Task Connection_WithoutCalls_StaysOpen()
    {
        await using var server = await BackendServer.StartAsync(BackendAddress.Parse("127.0.0.1:0"), new WaitingService(), cancellationToken: TestTimeout.Token);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port, TestTimeout.Token);
        await socket.SendAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0], TestTimeout.Token);

        // Kestrel looks for idle connections every second: the test gives it some looks to close this one.
        using var looks = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var received = new byte[4096];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await socket.ReceiveAsync(received, looks.Token) > 0)
            {
            }
        });
    }
}
