using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Loading;
using static LocalAI.Pipeline.Testing.Gguf.GgufBuilder;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Loading;

public sealed class LoraAdapterTests : IDisposable
{
    private const int Width = 256;
    private const int Rank = 2;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"lora-{Guid.NewGuid():n}.gguf");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(0f, true)]
    [InlineData(1f, false)]
    public async Task Load_AdapterWithScale_ChangesTheAnswerUnlessTheScaleIsZero(float scale, bool isSame)
    {
        await File.WriteAllBytesAsync(_path, Adapter(), TestTimeout.Token);
        ModelSettings settings = TinyChat.Settings with { LoraAdapters = [new LoraAdapter(_path, scale)] };
        using LlamaModel model = LlamaModel.Load(settings);
        await using var engine = new LlamaEngine(model, settings);

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!"));

        Assert.Equal(isSame, answer.Text == "This is a test!");
    }

    [Fact]
    public async Task Requests_WithTheirOwnScales_ShareSlotsAndNoBatch()
    {
        await File.WriteAllBytesAsync(_path, Adapter(), TestTimeout.Token);
        ModelSettings settings = TinyChat.Settings with { LoraAdapters = [new LoraAdapter(_path, 1)] };
        using LlamaModel model = LlamaModel.Load(settings);
        await using var engine = new LlamaEngine(model, settings);
        GenerationRequest distorted = TinyChat.Chat("Say this is a test!");
        GenerationRequest clean = distorted with { Scope = new CacheScope("", new LoraSet([0])) };

        // Twice, so that each finds caches of both.
        for (int round = 0; round < 2; round++)
        {
            GeneratedText[] answers = await Task.WhenAll(engine.RunAsync(clean), engine.RunAsync(distorted), engine.RunAsync(clean), engine.RunAsync(distorted));

            Assert.Equal([true, false, true, false], answers.Select(answer => answer.Text == "This is a test!"));
        }
    }

    [Fact]
    public async Task Load_AdapterOfAnotherShape_IsRefused()
    {
        await File.WriteAllBytesAsync(_path, Adapter(width: 128), TestTimeout.Token);
        ModelSettings settings = TinyChat.Settings with { LoraAdapters = [new LoraAdapter(_path, 1)] };

        var refused = Assert.Throws<InvalidModelException>(() => LlamaModel.Load(settings));

        Assert.Contains("LoRA", refused.Message, StringComparison.Ordinal);
    }

    // Distorts what the first layer puts out, far beyond what an answer survives.
    private static byte[] Adapter(int width = Width)
    {
        var random = new Random(5);
        byte[] down = Floats(random, width * Rank);
        byte[] up = Floats(random, Rank * Width);
        byte[] header =
        [
            .. Header(3, 2, 4),
            .. Key("general.architecture", StringType), .. Text("llama"),
            .. Key("general.type", StringType), .. Text("adapter"),
            .. Key("adapter.type", StringType), .. Text("lora"),
            .. Key("adapter.lora.alpha", Float32Type), .. F32(Rank),
            .. Tensor("blk.0.attn_output.weight.lora_a", width, Rank, 0),
            .. Tensor("blk.0.attn_output.weight.lora_b", Rank, Width, down.Length),
        ];
        return [.. header, .. new byte[(32 - header.Length % 32) % 32], .. down, .. up];
    }

    private static byte[] Tensor(string name, int columns, int rows, int offset)
        => [.. Text(name), .. U32(2), .. U64((ulong)columns), .. U64((ulong)rows), .. U32(0), .. U64((ulong)offset)];

    private static byte[] Floats(Random random, int count)
        => [.. Enumerable.Range(0, count).SelectMany(_ => F32(random.NextSingle() * 4 - 2))];
}
