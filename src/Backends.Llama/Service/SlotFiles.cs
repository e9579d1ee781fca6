using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LocalAI.Pipeline.Backends.Llama.Engine;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>
/// Copies of slots as files of one folder. A file begins with a mark, a digest of its owner, of the model and of the LoRA scales, and the
/// tokens; the rest is llama.cpp's. It appears whole or not at all.
/// </summary>
internal sealed partial class SlotFiles(string folder, string model)
{
    // Changes with the layout.
    private static ReadOnlySpan<byte> Mark => "lapslot1"u8;

    // A disk is not to be filled by requests; some dozens of long chats with a large model.
    private const long FolderLimit = 64L << 30;

    /// <exception cref="RequestInvalidException">The name is none, or the folder is full.</exception>
    internal async Task<long> WriteAsync(string name, SlotCopy copy, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(folder);
        byte[] head = Head(copy);
        long size = head.Length + copy.State.LongLength;
        if (new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) + size > FolderLimit)
            throw new RequestInvalidException($"the folder of saved slots is full ({FolderLimit >> 30} GiB): remove files there");
        string unfinished = Path.Combine(folder, $".{Guid.NewGuid():n}");
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                await file.WriteAsync(head, cancellationToken).ConfigureAwait(false);
                await file.WriteAsync(copy.State, cancellationToken).ConfigureAwait(false);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
        return size;
    }

    /// <exception cref="RequestInvalidException">There is no such file for this owner, model and scales.</exception>
    internal async Task<(SlotCopy Copy, long Bytes)> ReadAsync(string name, CacheScope scope, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NoSuch(name);
        }
        byte[] wanted = Digest(scope);
        int tokensAt = Mark.Length + wanted.Length;
        // Of another owner's file not even its being there is told.
        if (bytes.Length < tokensAt + sizeof(int) || !bytes.AsSpan().StartsWith(Mark) || !bytes.AsSpan(Mark.Length, wanted.Length).SequenceEqual(wanted))
            throw NoSuch(name);
        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(tokensAt));
        long stateAt = tokensAt + sizeof(int) + ((long)count * sizeof(int));
        if (count < 1 || stateAt > bytes.Length)
            throw new RequestInvalidException($"the file '{name}' is damaged");
        int[] tokens = [.. Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(tokensAt + sizeof(int) + (i * sizeof(int)))))];
        return (new SlotCopy(scope, tokens, bytes[(int)stateAt..]), bytes.LongLength);
    }

    private byte[] Head(SlotCopy copy)
    {
        byte[] digest = Digest(copy.Scope);
        var head = new byte[Mark.Length + digest.Length + sizeof(int) + (copy.Tokens.Length * sizeof(int))];
        Mark.CopyTo(head);
        digest.CopyTo(head, Mark.Length);
        Span<byte> rest = head.AsSpan(Mark.Length + digest.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest, copy.Tokens.Length);
        for (int i = 0; i < copy.Tokens.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(rest[((i + 1) * sizeof(int))..], copy.Tokens[i]);
        return head;
    }

    private byte[] Digest(CacheScope scope)
    {
        var text = new StringBuilder(model).Append('\n').Append(scope.Owner);
        foreach (float scale in scope.Lora.Scales)
            text.Append('\n').Append(BitConverter.SingleToInt32Bits(scale));
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private string PathOf(string name) => Plain().IsMatch(name)
        ? Path.Combine(folder, name)
        : throw new RequestInvalidException("the file's name must be 1 to 128 letters, digits, '.', '_' or '-', and begin with a letter or digit");

    private static RequestInvalidException NoSuch(string name) => new($"there is no saved slot '{name}' of this model");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex Plain();
}
