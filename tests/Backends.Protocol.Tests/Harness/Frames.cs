using System.Buffers.Binary;
using Google.Protobuf;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>Messages with their prefix, right and wrong.</summary>
internal static class Frames
{
    public static byte[] Of(IMessage message) => Of(message.ToByteArray());

    public static byte[] Of(byte[] body, byte flag = 0, uint? claimedLength = null)
    {
        var frame = new byte[5 + body.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), claimedLength ?? (uint)body.Length);
        body.CopyTo(frame, 5);
        return frame;
    }
}
