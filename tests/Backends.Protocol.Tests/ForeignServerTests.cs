using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;
using Microsoft.AspNetCore.Http.Features;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

/// <summary>What the client makes of answers that no gRPC server should give.</summary>
public sealed class ForeignServerTests
{
    public static TheoryData<string, byte[], GrpcStatus, string> Bodies => new()
    {
        { "nothing", [], GrpcStatus.Internal, "without an answer" },
        { "half a prefix", [0, 0, 0], GrpcStatus.Internal, "inside a message" },
        { "half a message", Frames.Of([10, 3, 97], claimedLength: 5), GrpcStatus.Internal, "inside a message" },
        { "a compressed message", Frames.Of([10, 1, 97], flag: 1), GrpcStatus.Internal, "compressed" },
        { "a flag that is none", Frames.Of([10, 1, 97], flag: 9), GrpcStatus.Internal, "9" },
        { "garbage", Frames.Of([7, 7, 7]), GrpcStatus.Internal, "Reply" },
        { "two messages", [.. Frames.Of([]), .. Frames.Of([])], GrpcStatus.Internal, "more than once" },
        { "the largest length", Frames.Of([], claimedLength: uint.MaxValue), GrpcStatus.ResourceExhausted, "4294967295" },
    };

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task Answer_ThatIsNoMessage_FailsTheCall(string what, byte[] body, GrpcStatus status, string message)
    {
        await using var server = await RawServer.StartAsync(body, ("grpc-status", "0"));
        var failure = await Failing.Of(server.Client.PredictAsync(new PredictOptions(), TestTimeout.Token));
        Assert.True(status == failure.Status, $"{what}: {failure}");
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99", GrpcStatus.Unknown)]
    [InlineData("ok", GrpcStatus.Internal)]
    [InlineData("-1", GrpcStatus.Internal)]
    public async Task Status_ThatIsNotKnown_FailsTheCall(string text, GrpcStatus status)
    {
        await using var server = await RawServer.StartAsync(Frames.Of(new Reply()), ("grpc-status", text));
        Assert.Equal(status, (await Failing.Of(server.Client.PredictAsync(new PredictOptions(), TestTimeout.Token))).Status);
    }

    [Fact]
    public async Task Answer_WithoutStatus_FailsTheCallAfterItsMessages()
    {
        await using var server = await RawServer.StartAsync([.. Frames.Of(new Reply()), .. Frames.Of(new Reply())]);
        var (failure, received) = await Failing.Of(server.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token));
        Assert.Equal((GrpcStatus.Internal, 2), (failure.Status, received));
    }

    [Theory]
    [InlineData(400, GrpcStatus.Internal)]
    [InlineData(401, GrpcStatus.Unauthenticated)]
    [InlineData(403, GrpcStatus.PermissionDenied)]
    [InlineData(404, GrpcStatus.Unimplemented)]
    [InlineData(429, GrpcStatus.Unavailable)]
    [InlineData(500, GrpcStatus.Unknown)]
    [InlineData(502, GrpcStatus.Unavailable)]
    [InlineData(503, GrpcStatus.Unavailable)]
    [InlineData(504, GrpcStatus.Unavailable)]
    public async Task HttpStatus_OfAProxy_MapsAsGrpcSays(int http, GrpcStatus status)
    {
        await using var server = await RawServer.StartAsync(features =>
        {
            features.GetRequiredFeature<IHttpResponseFeature>().StatusCode = http;
            return Task.CompletedTask;
        });
        Assert.Equal(status, (await Failing.Of(server.Client.PredictAsync(new PredictOptions(), TestTimeout.Token))).Status);
    }

    [Fact]
    public async Task ContentType_OfAWebSite_FailsTheCall()
    {
        await using var server = await RawServer.StartAsync(async features =>
        {
            features.GetRequiredFeature<IHttpResponseFeature>().Headers.ContentType = "text/html";
            await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync("<html>"u8.ToArray());
        });
        var failure = await Failing.Of(server.Client.PredictAsync(new PredictOptions(), TestTimeout.Token));
        Assert.Equal(GrpcStatus.Unknown, failure.Status);
        Assert.Contains("text/html", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x1, GrpcStatus.Internal)]
    [InlineData(0x2, GrpcStatus.Internal)]
    [InlineData(0x8, GrpcStatus.Cancelled)]
    [InlineData(0xb, GrpcStatus.ResourceExhausted)]
    [InlineData(0xc, GrpcStatus.PermissionDenied)]
    public async Task Reset_InMidStream_MapsAsGrpcSays(int code, GrpcStatus status)
    {
        await using var server = await RawServer.StartAsync(async features =>
        {
            features.GetRequiredFeature<IHttpResponseFeature>().Headers.ContentType = "application/grpc";
            await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(Frames.Of(new Reply { Tokens = 1 }));
            features.GetRequiredFeature<IHttpResetFeature>().Reset(code);
        });
        var (failure, _) = await Failing.Of(server.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token));
        Assert.Equal(status, failure.Status);
    }

    [Fact]
    public async Task Reset_InsteadOfAnAnswer_MapsAsGrpcSays()
    {
        await using var server = await RawServer.StartAsync(features =>
        {
            features.GetRequiredFeature<IHttpResetFeature>().Reset(0xb);
            return Task.CompletedTask;
        });
        Assert.Equal(GrpcStatus.ResourceExhausted, (await Failing.Of(server.Client.PredictAsync(new PredictOptions(), TestTimeout.Token))).Status);
    }
}
