using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Tests;

/// <summary>The model that ships with the repository, loaded once for all tests of the process; engines are each test's own.</summary>
internal static class TinyChat
{
    internal static string Path { get; } = System.IO.Path.Combine(RepositoryRoot.Find(), "models", "tiny-chat", "tiny-chat-q8_0.gguf");

    internal static ModelSettings Settings { get; } = new() { Path = Path, ContextSize = 512, Slots = 4, Threads = 1 };

    private static readonly Lazy<LlamaModel> Loaded = new(() => LlamaModel.Load(Settings), LazyThreadSafetyMode.ExecutionAndPublication);

    internal static LlamaModel Model => Loaded.Value;

    internal static LlamaEngine Engine(int slots = 4, int context = 512, int batch = 512)
        => new(Model, Settings with { Slots = slots, ContextSize = context, BatchSize = batch });

    /// <summary>The prompt of one user message, as the model's template writes it.</summary>
    internal static string ChatPrompt(string message) => $"<|im_start|>user\n{message}<|im_end|>\n<|im_start|>assistant\n";

    internal static GenerationRequest Chat(string message) => Prompt(ChatPrompt(message));

    internal static GenerationRequest Prompt(string text) => new() { Prompt = Model.Vocabulary.Tokenize(text, addSpecial: true), MaxTokens = 64 };

    internal static async Task<GeneratedText> RunAsync(this LlamaEngine engine, GenerationRequest request)
        => await GeneratedText.ReadAsync(engine.Submit(request));
}
