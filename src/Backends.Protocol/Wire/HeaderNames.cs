namespace LocalAI.Pipeline.Backends.Protocol.Wire;

internal static class HeaderNames
{
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string ContentType = "application/grpc";

    /// <summary>application/grpc, application/grpc+proto, application/grpc;charset=...; other serialisations are not spoken here.</summary>
    public static bool IsGrpc(string? contentType)
    {
        if (contentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        var rest = contentType.AsSpan(ContentType.Length);
        return rest.IsEmpty || rest[0] == ';' || rest.StartsWith("+proto", StringComparison.OrdinalIgnoreCase);
    }
}
