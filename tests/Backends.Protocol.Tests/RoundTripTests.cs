using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class RoundTripTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Health_ServerIsUp_AnswersOk(bool overTcp)
    {
        await using var connected = await Connected.StartAsync(new ScriptedService(), overTcp);
        Assert.Equal("OK", (await connected.Client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PredictStream_ManyMessages_AllComeInOrder(bool overTcp)
    {
        await using var connected = await Connected.StartAsync(new ScriptedService { PredictStream = Count }, overTcp);
        var next = 0;
        await foreach (var reply in connected.Client.PredictStreamAsync(new PredictOptions { Tokens = 5000 }, TestTimeout.Token))
        {
            Assert.Equal(next++, reply.Tokens);
        }

        Assert.Equal(5000, next);
    }

    private static async IAsyncEnumerable<Reply> Count(PredictOptions options, BackendCallContext context)
    {
        for (var i = 0; i < options.Tokens; i++)
        {
            if (i % 7 == 0)
            {
                await Task.Yield();
            }

            yield return new Reply { Tokens = i, Message = ByteString.CopyFromUtf8("abc") };
        }
    }
}
