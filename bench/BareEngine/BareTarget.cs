using System.Text.Json.Nodes;
using LocalAI.Pipeline.Backends.Llama.Chat;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.BareEngine;

/// <summary>
/// llama.cpp in this process, in a loop that does nothing but decode and choose: what the library gives with the same model, threads
/// and slots, without a server, a protocol or a text.
/// </summary>
public sealed class BareTarget : IStreamTarget
{
    private readonly LlamaModel _model;
    private readonly ChatPrompt _chat;
    private readonly BareLoop _loop;

    /// <summary>Loads the model, which takes a moment.</summary>
    /// <exception cref="BenchException">There is no model file.</exception>
    public BareTarget(string name, BackendModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Name = name;
        LlamaLibrary.EnsureStarted();
        var settings = new ModelSettings
        {
            Path = model.File ?? throw new BenchException($"{name} needs --model-file"),
            ContextSize = model.ContextSize,
            Slots = model.Slots,
            Threads = model.Threads,
        };
        _model = LlamaModel.Load(settings);
        _chat = new ChatPrompt(_model, TimeProvider.System);
        _loop = new BareLoop(_model, settings);
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public Task PrepareAsync(LoadShape shape, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task<StreamTimes> StreamAsync(LoadShape shape, string prompt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var conversation = new ChatConversation
        {
            Messages = [new JsonObject { ["role"] = "user", ["content"] = prompt }],
            Arguments = JsonNode.Parse(shape.TemplateArguments)!.AsObject(),
        };
        var tokens = _model.Vocabulary.Tokenize(_chat.Render(conversation, cancellationToken), addSpecial: true);
        return await _loop.Add(new BareStream(tokens, shape.OutputTokens)).WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync();
        _model.Dispose();
    }
}
