using System.Globalization;
using System.Net.Http.Headers;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>Reads how a call ended from its trailers, or from the headers of an answer that has nothing else.</summary>
internal static class CallStatus
{
    /// <summary>The failure that the server reports, or null when the status is OK.</summary>
    public static BackendCallException? Failure(HttpResponseMessage response)
    {
        var trailers = response.TrailingHeaders;
        var code = One(trailers, HeaderNames.Status);
        if (code is null)
        {
            trailers = response.Headers;
            code = One(trailers, HeaderNames.Status);
        }

        if (!int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new BackendCallException(GrpcStatus.Internal, code is null ? "The answer ended without a status" : $"The answer's status '{code}' is not a number");
        }

        if (number == (int)GrpcStatus.Ok)
        {
            return null;
        }

        // Codes that do not exist yet count as UNKNOWN (statuscodes.md).
        var status = Enum.IsDefined((GrpcStatus)number) ? (GrpcStatus)number : GrpcStatus.Unknown;
        var message = StatusText.Decode(One(trailers, HeaderNames.Message) ?? "");
        return new BackendCallException(status, message.Length > 0 ? message : $"The backend answered {status}") { Trailers = Others(trailers) };
    }

    private static string? One(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static Dictionary<string, string> Others(HttpHeaders headers) =>
        headers.NonValidated.Where(header => header.Key is not (HeaderNames.Status or HeaderNames.Message))
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
