namespace LocalAI.Pipeline.Testing.Gguf;

/// <summary>Writes GGUF files (docs/gguf.md of ggml) with 32-bit floats, for models that are small enough to be made in a test.</summary>
public sealed class GgufWriter
{
    private const int Alignment = 32;
    private const uint BoolType = 7;
    private const uint ArrayType = 9;
    private const uint Int32Type = 5;

    private readonly List<byte[]> _keys = [];
    private readonly List<(string Name, int[] Shape, float[] Values)> _tensors = [];

    public void Text(string key, string value) => _keys.Add([.. GgufBuilder.Key(key, GgufBuilder.StringType), .. GgufBuilder.Text(value)]);

    public void Number(string key, uint value) => _keys.Add([.. GgufBuilder.Key(key, GgufBuilder.UInt32Type), .. GgufBuilder.U32(value)]);

    public void Real(string key, float value) => _keys.Add([.. GgufBuilder.Key(key, GgufBuilder.Float32Type), .. GgufBuilder.F32(value)]);

    public void Flag(string key, bool value) => _keys.Add([.. GgufBuilder.Key(key, BoolType), (byte)(value ? 1 : 0)]);

    public void Texts(string key, IReadOnlyList<string> values) => Array(key, GgufBuilder.StringType, values, GgufBuilder.Text);

    public void Numbers(string key, IReadOnlyList<int> values) => Array(key, Int32Type, values, value => GgufBuilder.U32((uint)value));

    public void Reals(string key, IReadOnlyList<float> values) => Array(key, GgufBuilder.Float32Type, values, GgufBuilder.F32);

    /// <param name="shape">The fastest dimension first.</param>
    public void Tensor(string name, int[] shape, float[] values)
    {
        Assert.Equal(shape.Aggregate(1, (product, length) => product * length), values.Length);
        _tensors.Add((name, shape, values));
    }

    public void Save(string path)
    {
        using var file = File.Create(path);
        file.Write(GgufBuilder.Header(3, (ulong)_tensors.Count, (ulong)_keys.Count));
        foreach (byte[] key in _keys)
            file.Write(key);
        long offset = 0;
        foreach ((string name, int[] shape, float[] values) in _tensors)
        {
            file.Write([.. GgufBuilder.Text(name), .. GgufBuilder.U32((uint)shape.Length), .. shape.SelectMany(length => GgufBuilder.U64((ulong)length)), .. GgufBuilder.U32(0), .. GgufBuilder.U64((ulong)offset)]);
            offset = Aligned(offset + (values.Length * sizeof(float)));
        }
        foreach ((_, _, float[] values) in _tensors)
        {
            file.Write(new byte[Aligned(file.Position) - file.Position]);
            file.Write([.. values.SelectMany(GgufBuilder.F32)]);
        }
    }

    private void Array<T>(string key, uint type, IReadOnlyList<T> values, Func<T, byte[]> bytes)
        => _keys.Add([.. GgufBuilder.Key(key, ArrayType), .. GgufBuilder.U32(type), .. GgufBuilder.U64((ulong)values.Count), .. values.SelectMany(bytes)]);

    private static long Aligned(long position) => (position + Alignment - 1) / Alignment * Alignment;
}
