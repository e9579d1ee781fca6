using LocalAI.Pipeline.Backends.Llama.Loading;
using static LocalAI.Pipeline.Testing.Gguf.GgufBuilder;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Gguf;

public sealed class GgufCheckTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"gguf-check-{Guid.NewGuid():n}.gguf");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(500)]
    [InlineData(60_000)]
    [InlineData(1_000_000)]
    [InlineData(4_396_511)]
    public void Load_TruncatedModel_IsRefusedWithAReason(int length)
    {
        byte[] model = File.ReadAllBytes(TinyChat.Path);

        string reason = Refusal(model[..length]);

        Assert.NotEmpty(reason);
    }

    [Fact]
    public void Load_SomethingElse_IsRefusedAsNoGguf()
    {
        string reason = Refusal("<html><body>404 Not Found</body></html> with some more text"u8.ToArray());

        Assert.Contains("not a GGUF file", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_IsRefusedByName()
    {
        var refused = Assert.Throws<InvalidModelException>(() => LlamaModel.Load(TinyChat.Settings with { Path = _path }));

        Assert.Contains(_path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CountsOfAHostileHeader_AreRefused()
    {
        Assert.Contains("tensors", Refusal(Header(3, tensors: ulong.MaxValue, keys: 1)), StringComparison.Ordinal);
        Assert.Contains("metadata keys", Refusal(Header(3, tensors: 0, keys: ulong.MaxValue)), StringComparison.Ordinal);
        Assert.Contains("version 99", Refusal(Header(99, tensors: 0, keys: 0)), StringComparison.Ordinal);
        Assert.Contains("architecture", Refusal(Header(3, tensors: 0, keys: 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LengthsBeyondTheFile_AreRefused()
    {
        Assert.Contains("bytes long", Refusal([.. Header(3, 0, 1), .. U64(ulong.MaxValue)]), StringComparison.Ordinal);
        Assert.Contains("ends early", Refusal([.. Header(3, 0, 1), .. Key("a", 8), .. U64(1UL << 62)]), StringComparison.Ordinal);
        Assert.Contains("claims", Refusal([.. Header(3, 0, 1), .. Key("a", 9), .. U32(4), .. U64(1UL << 62)]), StringComparison.Ordinal);
        Assert.Contains("claims", Refusal([.. Header(3, 0, 1), .. Key("a", 9), .. U32(8), .. U64(1UL << 62)]), StringComparison.Ordinal);
        Assert.Contains("type", Refusal([.. Header(3, 0, 1), .. Key("a", 9), .. U32(9), .. U64(5)]), StringComparison.Ordinal);
        Assert.Contains("type", Refusal([.. Header(3, 0, 1), .. Key("a", 77)]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9u, 32UL, 0u, 0UL, "dimensions")]
    [InlineData(1u, 0UL, 0u, 0UL, "dimension of 0")]
    [InlineData(1u, 33UL, 8u, 0UL, "block")]
    [InlineData(1u, 32UL, 4u, 0UL, "unknown type")]
    [InlineData(1u, 32UL, 4000u, 0UL, "unknown type")]
    [InlineData(1u, 32UL, 0u, 5UL, "multiple")]
    [InlineData(1u, 32UL, 0u, 1UL << 62, "ends at")]
    [InlineData(1u, 1UL << 40, 0u, 0UL, "dimension of")]
    public void Load_HostileTensor_IsRefused(uint dimensions, ulong size, uint type, ulong offset, string reason)
    {
        byte[] shape = [.. Enumerable.Repeat(U64(size), (int)dimensions).SelectMany(bytes => bytes)];

        string refusal = Refusal(
            [.. Header(3, 1, 1), .. Key("general.architecture", 8), .. Text("llama"), .. Text("t"), .. U32(dimensions), .. shape, .. U32(type), .. U64(offset), .. new byte[64]]);

        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ValidHeaderOfAnUnknownArchitecture_IsRefusedInLlamaCppsWords()
    {
        string reason = Refusal([.. Header(3, 0, 1), .. Key("general.architecture", 8), .. Text("nonsense"), .. new byte[64]]);

        Assert.Contains("nonsense", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama.block_count", 100_000u)]
    [InlineData("llama.block_count", 0u)]
    [InlineData("llama.attention.head_count", 0u)]
    [InlineData("llama.embedding_length", 0u)]
    [InlineData("general.alignment", 3u)]
    public void Load_NumberThatLlamaCppWouldDieOf_IsRefused(string key, uint value)
    {
        string reason = Refusal([.. Header(3, 0, 1), .. Key(key, 4), .. U32(value)]);

        Assert.Contains(key, reason, StringComparison.Ordinal);
    }

    private string Refusal(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        return Assert.Throws<InvalidModelException>(() => LlamaModel.Load(TinyChat.Settings with { Path = _path })).Message;
    }
}
