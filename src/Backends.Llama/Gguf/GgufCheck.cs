using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Gguf;

/// <summary>
/// Checks a GGUF file before llama.cpp sees it: magic, version, counts, every metadata value and every tensor within the file.
/// llama.cpp checks much of it again; what it answers with an assertion, which ends the process, has to be refused here.
/// Source: docs/gguf.md of ggml.
/// </summary>
internal sealed class GgufCheck
{
    private const uint Magic = 0x46554747;

    // Known files have some dozens of keys (a few hundred with converted training settings) and up to some thousand tensors.
    private const ulong KeyLimit = 65_536;
    private const ulong TensorLimit = 1_000_000;
    private const int NameLimit = 65_535;
    private const int TensorNameLimit = 63;
    private const int DimensionLimit = 4;

    // LLAMA_MAX_LAYERS: more than that is an assertion in llama.cpp.
    private const ulong LayerLimit = 512;
    private const uint DefaultAlignment = 32;

    private readonly GgufReader _reader;
    private readonly List<(string Name, ulong Offset, ulong Size)> _tensors = [];
    private uint _alignment = DefaultAlignment;
    private string? _architecture;

    private GgufCheck(Stream file) => _reader = new GgufReader(file);

    /// <returns>The names of the tensors.</returns>
    /// <exception cref="InvalidModelException">The file is not a usable GGUF file.</exception>
    internal static IReadOnlySet<string> Run(string path)
    {
        // The header of a large vocabulary is some megabytes of short strings.
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 1 << 16 });
        var check = new GgufCheck(file);
        check.Read();
        return check._tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
    }

    private void Read()
    {
        if (_reader.Left < 24 || _reader.UInt32() != Magic)
            throw new InvalidModelException("this is not a GGUF file (it does not begin with 'GGUF')");
        uint version = _reader.UInt32();
        if (version is not (2 or 3))
            throw new InvalidModelException($"GGUF version {version} is not supported (2 and 3 are)");
        ulong tensors = _reader.UInt64();
        ulong keys = _reader.UInt64();
        if (keys > KeyLimit || tensors > TensorLimit)
            throw new InvalidModelException($"the header claims {keys} metadata keys and {tensors} tensors; at most {KeyLimit} and {TensorLimit} are accepted");
        for (ulong i = 0; i < keys; i++)
            ReadKey();
        for (ulong i = 0; i < tensors; i++)
            ReadTensor();
        if (string.IsNullOrEmpty(_architecture))
            throw new InvalidModelException("the file does not name its architecture (general.architecture)");
        CheckTensorBounds();
    }

    private void ReadKey()
    {
        string key = _reader.Text(NameLimit, "a metadata key");
        var type = (GgufValueType)_reader.UInt32();
        if (key == "general.architecture" && type == GgufValueType.String)
            _architecture = _reader.Text(NameLimit, "general.architecture");
        else if (type == GgufValueType.UInt32)
            CheckNumber(key, _reader.UInt32());
        else
            SkipValue(type, key, nested: false);
    }

    private void CheckNumber(string key, uint value)
    {
        if (key == "general.alignment")
        {
            if (value == 0 || (value & (value - 1)) != 0 || value > 1 << 20)
                throw new InvalidModelException($"general.alignment is {value}, not a power of two");
            _alignment = value;
        }
        else if (key.EndsWith(".block_count", StringComparison.Ordinal) && value is 0 or > (uint)LayerLimit)
        {
            throw new InvalidModelException($"{key} is {value}; 1 to {LayerLimit} layers are possible");
        }
        else if (value == 0 && ((key.EndsWith(".attention.head_count", StringComparison.Ordinal) && !HasNoAttention(key)) || key.EndsWith(".embedding_length", StringComparison.Ordinal)))
        {
            throw new InvalidModelException($"{key} is 0");
        }
    }

    // Recurrent architectures; in any other llama.cpp divides by it.
    private static bool HasNoAttention(string key)
        => key.StartsWith("mamba", StringComparison.Ordinal) || key.StartsWith("rwkv", StringComparison.Ordinal) || key.StartsWith("arwkv", StringComparison.Ordinal);

    private void SkipValue(GgufValueType type, string key, bool nested)
    {
        switch (type)
        {
            case GgufValueType.String:
                _reader.SkipText();
                break;
            case GgufValueType.Array when !nested:
                SkipArray(key);
                break;
            default:
                _reader.Skip(WidthOf(type, key));
                break;
        }
    }

    private void SkipArray(string key)
    {
        var type = (GgufValueType)_reader.UInt32();
        ulong count = _reader.UInt64();
        // Each string costs at least its eight bytes of length, so the file bounds this loop.
        ulong width = type == GgufValueType.String ? 8 : WidthOf(type, key);
        if (count > (ulong)_reader.Left / width)
            throw new InvalidModelException($"the array {key} claims {count} elements, more than the file holds");
        if (type != GgufValueType.String)
        {
            _reader.Skip(count * width);
            return;
        }
        for (ulong i = 0; i < count; i++)
            _reader.SkipText();
    }

    private static ulong WidthOf(GgufValueType type, string key) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        GgufValueType.UInt64 or GgufValueType.Int64 or GgufValueType.Float64 => 8,
        _ => throw new InvalidModelException($"{key} has the unknown or unsupported type {(uint)type}"),
    };

    private void ReadTensor()
    {
        string name = _reader.Text(NameLimit, "a tensor name");
        if (name.Length > TensorNameLimit)
            throw new InvalidModelException($"a tensor name is {name.Length} characters long, more than {TensorNameLimit}");
        uint dimensions = _reader.UInt32();
        if (dimensions is 0 or > DimensionLimit)
            throw new InvalidModelException($"tensor {name} has {dimensions} dimensions");
        Span<ulong> shape = stackalloc ulong[(int)dimensions];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = _reader.UInt64();
        ulong size = SizeOf(name, shape, _reader.UInt32());
        ulong offset = _reader.UInt64();
        if (offset % _alignment != 0)
            throw new InvalidModelException($"tensor {name} begins at {offset}, which is not a multiple of {_alignment}");
        _tensors.Add((name, offset, size));
    }

    private static ulong SizeOf(string name, ReadOnlySpan<ulong> shape, uint type)
    {
        ulong block = type < GgmlNative.TypeCount ? (ulong)GgmlNative.ggml_blck_size((int)type) : 0;
        if (block == 0)
            throw new InvalidModelException($"tensor {name} has the unknown type {type}");
        if (shape[0] % block != 0)
            throw new InvalidModelException($"tensor {name} has rows of {shape[0]} elements, not a multiple of its block of {block}");
        ulong size = shape[0] / block * GgmlNative.ggml_type_size((int)type);
        foreach (ulong dimension in shape)
        {
            // 2^48 bytes are far more than any file and far from overflowing the product of the next step.
            if (dimension is 0 or > int.MaxValue)
                throw new InvalidModelException($"tensor {name} has a dimension of {dimension}");
        }
        foreach (ulong dimension in shape[1..])
        {
            if (size > (1UL << 48) / dimension)
                throw new InvalidModelException($"tensor {name} is larger than any file");
            size *= dimension;
        }
        return size;
    }

    private void CheckTensorBounds()
    {
        ulong start = ((ulong)_reader.Position + _alignment - 1) / _alignment * _alignment;
        ulong end = (ulong)(_reader.Position + _reader.Left);
        foreach ((string name, ulong offset, ulong size) in _tensors)
        {
            if (offset > end || size > end || start + offset + size > end)
                throw new InvalidModelException($"tensor {name} ends at byte {start + offset + size}, the file has {end} (is the download complete?)");
        }
    }
}
