using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class StatusTests
{
    public static TheoryData<GrpcStatus> Failures => [.. AllFailures];

    internal static IEnumerable<GrpcStatus> AllFailures => Enum.GetValues<GrpcStatus>().Where(status => status != GrpcStatus.Ok);

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Call_ThatItsServiceFails_GivesStatusMessageAndTrailers(GrpcStatus status)
    {
        var message = $"größer als 100 % \n {status}";
        await using var connected = await Connected.StartAsync(new ScriptedService
        {
            Predict = (_, _) => throw new BackendCallException(status, message) { Trailers = new Dictionary<string, string> { ["retry-after-ms"] = "250" } },
        });
        var failure = await Failing.Of(connected.Client.PredictAsync(new PredictOptions(), TestTimeout.Token));
        Assert.Equal((status, message), (failure.Status, failure.Message));
        Assert.Equal("250", failure.Trailers["retry-after-ms"]);
        connected.Log.AssertNoErrors();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Stream_ThatFailsAfterMessages_GivesThemAndThenTheStatus(GrpcStatus status)
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { PredictStream = (_, _) => TwoThenFail(new BackendCallException(status, "no more")) });
        var (failure, received) = await Failing.Of(connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token));
        Assert.Equal((status, "no more", 2), (failure.Status, failure.Message, received));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_ThatThrowsAnythingElse_IsInternalWithOneLogLine(bool inStream)
    {
        await using var connected = await Connected.StartAsync(new ScriptedService
        {
            Predict = (_, _) => Task.FromException<Reply>(new InvalidOperationException("the engine is on fire")),
            PredictStream = (_, _) => TwoThenFail(new InvalidOperationException("the engine is on fire")),
        });
        var failure = inStream
            ? (await Failing.Of(connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token))).Failure
            : await Failing.Of(connected.Client.PredictAsync(new PredictOptions(), TestTimeout.Token));
        Assert.Equal((GrpcStatus.Internal, "the engine is on fire"), (failure.Status, failure.Message));
        var entry = Assert.Single(connected.Log.Entries, entry => entry.Level >= LogLevel.Error);
        Assert.IsType<InvalidOperationException>(entry.Exception);
        Assert.Contains("Predict", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_WithoutMessages_EndsWell()
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { PredictStream = (_, _) => AsyncEnumerable.Empty<Reply>() });
        Assert.Equal(0, await connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token).CountAsync(TestTimeout.Token));
    }

    [Fact]
    public async Task Call_ThatTheServiceItselfCancels_IsCancelled()
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { Predict = (_, _) => throw new OperationCanceledException() });
        Assert.Equal(GrpcStatus.Cancelled, (await Failing.Of(connected.Client.PredictAsync(new PredictOptions(), TestTimeout.Token))).Status);
    }

    [Fact]
    public async Task Metadata_OfTheClient_ReachesTheService()
    {
        IReadOnlyDictionary<string, string>? seen = null;
        await using var connected = await Connected.StartAsync(
            new ScriptedService
            {
                Health = context =>
                {
                    seen = context.RequestHeaders;
                    return Task.FromResult(new Reply());
                },
            },
            client: BackendClientOptions.OwnBackend with { Metadata = new Dictionary<string, string> { ["authorization"] = "Bearer abc" } });
        await connected.Client.HealthAsync(TestTimeout.Token);
        Assert.Equal("Bearer abc", seen!["authorization"]);
        Assert.Equal("application/grpc", seen["content-type"]);
    }

    private static async IAsyncEnumerable<Reply> TwoThenFail(Exception exception)
    {
        yield return new Reply { Tokens = 1 };
        await Task.Yield();
        yield return new Reply { Tokens = 2 };
        throw exception;
    }
}
