namespace LocalAI.Pipeline.Testing.Gguf;

/// <summary>
/// A Mamba of two layers with random weights, written to a file of its own: it says nothing sensible, but its memory is one state
/// that holds all tokens and cannot be cut, as that of every recurrent model.
/// </summary>
public sealed class TinyMamba : IDisposable
{
    private const int Width = 32;
    private const int Inner = 2 * Width;
    private const int State = 16;
    private const int Convolution = 4;
    private const int TimeStepRank = 2;
    private const int Layers = 2;
    private const int Seed = 11;
    private const int Bytes = 256;
    private const int Special = 3;

    private readonly Random _random = new(Seed);
    private readonly GgufWriter _file = new();

    public TinyMamba()
    {
        WriteSettings();
        WriteVocabulary();
        Weights("token_embd.weight", Width, Special + Bytes);
        Ones("output_norm.weight");
        for (int layer = 0; layer < Layers; layer++)
            WriteLayer($"blk.{layer}.");
        _file.Save(Path);
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"tiny-mamba-{Guid.NewGuid():N}.gguf");

    public void Dispose() => File.Delete(Path);

    private void WriteSettings()
    {
        _file.Text("general.architecture", "mamba");
        _file.Number("mamba.context_length", 1024);
        _file.Number("mamba.embedding_length", Width);
        _file.Number("mamba.feed_forward_length", 0);
        _file.Number("mamba.attention.head_count", 0);
        _file.Number("mamba.block_count", Layers);
        _file.Number("mamba.ssm.conv_kernel", Convolution);
        _file.Number("mamba.ssm.inner_size", Inner);
        _file.Number("mamba.ssm.state_size", State);
        _file.Number("mamba.ssm.time_step_rank", TimeStepRank);
        _file.Real("mamba.attention.layer_norm_rms_epsilon", 1e-5f);
    }

    // A token for each byte, after the three that every such vocabulary begins with.
    private void WriteVocabulary()
    {
        string[] tokens = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, Bytes).Select(value => $"<0x{value:X2}>")];
        _file.Text("tokenizer.ggml.model", "llama");
        _file.Texts("tokenizer.ggml.tokens", tokens);
        _file.Reals("tokenizer.ggml.scores", new float[tokens.Length]);
        // 2 unknown, 3 control, 6 a byte.
        _file.Numbers("tokenizer.ggml.token_type", [.. tokens.Select((_, token) => token switch { 0 => 2, < Special => 3, _ => 6 })]);
        _file.Number("tokenizer.ggml.bos_token_id", 1);
        _file.Number("tokenizer.ggml.eos_token_id", 2);
        _file.Number("tokenizer.ggml.unknown_token_id", 0);
    }

    private void WriteLayer(string layer)
    {
        Ones(layer + "attn_norm.weight");
        Weights(layer + "ssm_in.weight", Width, 2 * Inner);
        Weights(layer + "ssm_conv1d.weight", Convolution, Inner);
        Weights(layer + "ssm_conv1d.bias", Inner);
        Weights(layer + "ssm_x.weight", Inner, TimeStepRank + (2 * State));
        Weights(layer + "ssm_dt.weight", TimeStepRank, Inner);
        Weights(layer + "ssm_dt.bias", Inner);
        // Below zero, or the state grows without end.
        _file.Tensor(layer + "ssm_a", [State, Inner], [.. Enumerable.Repeat(-1f, State * Inner)]);
        Weights(layer + "ssm_d", Inner);
        Weights(layer + "ssm_out.weight", Inner, Width);
    }

    private void Ones(string name) => _file.Tensor(name, [Width], [.. Enumerable.Repeat(1f, Width)]);

    private void Weights(string name, params int[] shape)
        => _file.Tensor(name, shape, [.. Enumerable.Range(0, shape.Aggregate(1, (product, length) => product * length)).Select(_ => (float)((_random.NextDouble() - 0.5) * 0.8))]);
}
