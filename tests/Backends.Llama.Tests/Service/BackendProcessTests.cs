using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Service;

public sealed class BackendProcessTests
{
    [Fact]
    public async Task Process_LoadStreamTerminate_WorksEndToEnd()
    {
        await using BackendProcess backend = await BackendProcess.StartAsync();

        Assert.Equal("OK", (await backend.Client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
        Assert.True((await backend.Client.LoadModelAsync(ServiceFixture.Options, TestTimeout.Token)).Success);
        var parts = new List<string>();
        await foreach (Reply part in backend.Client.PredictStreamAsync(ServiceFixture.Chat("Say this is a test!"), TestTimeout.Token))
            parts.Add(part.Message.ToStringUtf8());

        Assert.Equal("This is a test!", string.Concat(parts));
        Assert.Equal(0, await backend.TerminateAsync());
    }

    [Fact]
    public async Task PredictStream_ConnectionDropped_FreesTheSlots()
    {
        await using BackendProcess backend = await BackendProcess.StartAsync();
        await backend.Client.LoadModelAsync(ServiceFixture.Options, TestTimeout.Token);
        var endless = new PredictOptions { Prompt = "Once upon a time", IgnoreEOS = true };
        for (int i = 0; i < 20; i++)
        {
            await foreach (Reply _ in backend.Client.PredictStreamAsync(endless, TestTimeout.Token))
                break;
        }

        // Four requests at once fit only when the twenty before have left their slots.
        PredictOptions request = ServiceFixture.Chat("Say this is a test!");
        request.Grammar = "root ::= \"This is a test!\"";
        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => backend.Client.PredictAsync(request, TestTimeout.Token)));

        Assert.All(replies, reply => Assert.Equal("This is a test!", reply.Message.ToStringUtf8()));
    }

    [Fact]
    public async Task LoadModel_DamagedModels_AreAnsweredAndTheProcessLives()
    {
        byte[] model = await File.ReadAllBytesAsync(TinyChat.Path, TestTimeout.Token);
        string path = Path.Combine(Path.GetTempPath(), $"damaged-{Guid.NewGuid():n}.gguf");
        await using BackendProcess backend = await BackendProcess.StartAsync();
        var random = new Random(1);
        try
        {
            for (int round = 0; round < 40; round++)
            {
                byte[] damaged = (byte[])model.Clone();
                for (int change = random.Next(1, 4); change > 0; change--)
                    damaged[random.Next(random.Next(2) == 0 ? 2000 : 70_000)] = (byte)random.Next(256);
                await File.WriteAllBytesAsync(path, damaged, TestTimeout.Token);
                ModelOptions options = ServiceFixture.Options;
                options.ModelFile = path;
                try
                {
                    await backend.Client.LoadModelAsync(options, TestTimeout.Token);
                }
                catch (BackendCallException e)
                {
                    Assert.True(e.Status == GrpcStatus.InvalidArgument, $"round {round}: {e.Status} {e.Message}");
                }
            }
            Assert.False(backend.HasExited);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
