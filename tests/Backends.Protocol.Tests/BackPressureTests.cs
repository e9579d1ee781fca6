using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class BackPressureTests
{
    private const int MessageBytes = 32 * 1024;
    private const int Messages = 2000;

    // The reader's window, its connection's, and Kestrel's buffer are 64 KiB each at the start; the rest is head-room.
    private const int MostMessagesAhead = 1024 * 1024 / MessageBytes;

    private int _made;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_WithAReaderThatRests_WaitsAndLosesNothing(bool overTcp)
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { PredictStream = (_, _) => MakeAsync() }, overTcp);
        await using var stream = connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());

        // Time in which a writer without back-pressure makes all of them; the connection serves other calls meanwhile.
        for (var i = 0; i < 500; i++)
        {
            await connected.Client.HealthAsync(TestTimeout.Token);
        }

        Assert.InRange(Volatile.Read(ref _made), 1, MostMessagesAhead);
        for (var i = 0; i < Messages; i++)
        {
            Assert.Equal(i, stream.Current.Tokens);
            Assert.Equal(i < Messages - 1, await stream.MoveNextAsync());
        }
    }

    [Fact]
    public async Task Stream_WithAReaderThatRests_EndsWithItsServer()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connected = await Connected.StartAsync(new ScriptedService { PredictStream = (_, _) => MakeUntilEndAsync(ended) });
        await using var stream = connected.Client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());
        for (var i = 0; i < 500; i++)
        {
            await connected.Client.HealthAsync(TestTimeout.Token);
        }

        Assert.False(ended.Task.IsCompleted);
        await connected.Server.DisposeAsync();
        await ended.Task.OrTimeout("the end of the service's enumeration");
        connected.Log.AssertNoErrors();
    }

    private async IAsyncEnumerable<Reply> MakeAsync()
    {
        var bytes = UnsafeByteOperations.UnsafeWrap(new byte[MessageBytes]);
        for (var i = 0; i < Messages; i++)
        {
            Interlocked.Increment(ref _made);
            yield return new Reply { Tokens = i, Message = bytes };
            await Task.Yield();
        }
    }

    private async IAsyncEnumerable<Reply> MakeUntilEndAsync(TaskCompletionSource ended)
    {
        try
        {
            await foreach (var reply in MakeAsync())
            {
                yield return reply;
            }
        }
        finally
        {
            ended.TrySetResult();
        }
    }
}
