using System.Buffers.Binary;
using System.Net.Sockets;

namespace LocalAI.Pipeline.Probe;

/// <summary>Answers each connection to a Unix socket with the bytes that this process has allocated so far.</summary>
internal static class AllocationProbe
{
    /// <summary>Serves until the process ends.</summary>
    public static async Task ServeAsync(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        var answer = new byte[sizeof(long)];
        while (true)
        {
            using var connection = await listener.AcceptAsync();
            BinaryPrimitives.WriteInt64LittleEndian(answer, GC.GetTotalAllocatedBytes(precise: true));
            await connection.SendAsync(answer);
        }
    }
}
