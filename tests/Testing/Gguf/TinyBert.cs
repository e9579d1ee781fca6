namespace LocalAI.Pipeline.Testing.Gguf;

/// <summary>
/// A BERT of two layers with random weights and a dozen words, written to a file of its own. It knows nothing, but it is a
/// whole encoder: what it says depends on every token, its place and the head.
/// </summary>
public sealed class TinyBert : IDisposable
{
    public const int Width = 32;
    public const int ContextSize = 64;
    public const int ClsToken = 2;
    public const int SepToken = 3;

    private const int Layers = 2;
    private const int FeedForward = 64;
    private const int Seed = 7;

    // A word's start is marked as llama.cpp's converter does it.
    private static readonly string[] Words = ["the", "cat", "dog", "sits", "runs", "on", "mat", "who", "where", "is", "a", "far"];

    private readonly Random _random = new(Seed);
    private readonly GgufWriter _file = new();

    /// <param name="pooling">llama.h: enum llama_pooling_type; null says nothing.</param>
    /// <param name="hasHead">With a head that scores.</param>
    /// <param name="rerankTemplate">The model's own text around a query and a document.</param>
    public TinyBert(int? pooling = null, bool hasHead = false, string? rerankTemplate = null)
    {
        WriteSettings(pooling);
        WriteVocabulary(rerankTemplate);
        WriteEmbeddings();
        for (int layer = 0; layer < Layers; layer++)
            WriteLayer($"blk.{layer}.");
        if (hasHead)
        {
            Weights("cls.weight", Width, Width);
            Weights("cls.bias", Width);
            Weights("cls.output.weight", Width, 1);
            Weights("cls.output.bias", 1);
        }
        _file.Save(Path);
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"tiny-bert-{Guid.NewGuid():N}.gguf");

    public void Dispose() => File.Delete(Path);

    private void WriteSettings(int? pooling)
    {
        _file.Text("general.architecture", "bert");
        _file.Text("general.name", "tiny-bert");
        _file.Number("bert.context_length", ContextSize);
        _file.Number("bert.embedding_length", Width);
        _file.Number("bert.block_count", Layers);
        _file.Number("bert.feed_forward_length", FeedForward);
        _file.Number("bert.attention.head_count", 2);
        _file.Real("bert.attention.layer_norm_epsilon", 1e-6f);
        _file.Flag("bert.attention.causal", false);
        if (pooling is { } type)
            _file.Number("bert.pooling_type", (uint)type);
    }

    private void WriteVocabulary(string? rerankTemplate)
    {
        string[] tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Words.Select(word => "\u2581" + word)];
        _file.Text("tokenizer.ggml.model", "bert");
        _file.Text("tokenizer.ggml.pre", "default");
        _file.Texts("tokenizer.ggml.tokens", tokens);
        _file.Reals("tokenizer.ggml.scores", new float[tokens.Length]);
        // 2 unknown, 3 control, 1 an ordinary word.
        _file.Numbers("tokenizer.ggml.token_type", [.. tokens.Select((_, token) => token switch { 1 => 2, < 5 => 3, _ => 1 })]);
        _file.Number("tokenizer.ggml.token_type_count", 2);
        _file.Number("tokenizer.ggml.padding_token_id", 0);
        _file.Number("tokenizer.ggml.unknown_token_id", 1);
        _file.Number("tokenizer.ggml.bos_token_id", ClsToken);
        _file.Number("tokenizer.ggml.seperator_token_id", SepToken);
        _file.Number("tokenizer.ggml.mask_token_id", 4);
        _file.Flag("tokenizer.ggml.add_eos_token", false);
        if (rerankTemplate is not null)
        {
            _file.Texts("tokenizer.chat_templates", ["rerank"]);
            _file.Text("tokenizer.chat_template.rerank", rerankTemplate);
        }
    }

    private void WriteEmbeddings()
    {
        Weights("token_embd.weight", Width, Words.Length + 5);
        Weights("token_types.weight", Width, 2);
        Weights("position_embd.weight", Width, ContextSize);
        Norm("token_embd_norm");
    }

    private void WriteLayer(string layer)
    {
        foreach (string part in (string[])["attn_q", "attn_k", "attn_v", "attn_output"])
        {
            Weights(layer + part + ".weight", Width, Width);
            Weights(layer + part + ".bias", Width);
        }
        Norm(layer + "attn_output_norm");
        Weights(layer + "ffn_up.weight", Width, FeedForward);
        Weights(layer + "ffn_up.bias", FeedForward);
        Weights(layer + "ffn_down.weight", FeedForward, Width);
        Weights(layer + "ffn_down.bias", Width);
        Norm(layer + "layer_output_norm");
    }

    private void Norm(string name)
    {
        _file.Tensor(name + ".weight", [Width], Enumerable.Repeat(1f, Width).ToArray());
        Weights(name + ".bias", Width);
    }

    private void Weights(string name, params int[] shape)
        => _file.Tensor(name, shape, [.. Enumerable.Range(0, shape.Aggregate(1, (product, length) => product * length)).Select(_ => (float)((_random.NextDouble() - 0.5) * 0.8))]);
}
