using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Service;

/// <summary>A service with the shipped model loaded, as a worker would load it.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    internal LlamaBackendService Service { get; } = new(TimeProvider.System);

    internal static BackendCallContext Context => new(TestTimeout.Token);

    internal static ModelOptions Options => new()
    {
        Model = "tiny-chat",
        ModelFile = TinyChat.Path,
        ContextSize = 512,
        Threads = 1,
        MMap = true,
        Embeddings = true,
        Options = { "parallel:4" },
    };

    internal static PredictOptions Chat(string message) => new()
    {
        UseTokenizerTemplate = true,
        Messages = { new Message { Role = "user", Content = message } },
        Metadata = { ["chat_template_kwargs"] = """{"enable_thinking": false}""" },
        Tokens = 64,
    };

    public async ValueTask InitializeAsync() => Assert.True((await Service.LoadModelAsync(Options, Context)).Success);

    public async ValueTask DisposeAsync() => await Service.DisposeAsync();
}
