namespace LocalAI.Pipeline.Standalone;

/// <summary>
/// One request over HTTP to this host itself, whatever it is answered: the first one builds the routes of all endpoints, which
/// takes longer than an answer.
/// </summary>
internal static class Knock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task AtAsync(string address, CancellationToken cancellationToken)
    {
        // "http://*:8080" is an address for a server only.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server))
        {
            return;
        }

        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var body = new StringContent("{}", null, "application/json");
            using var answer = await client.PostAsync(new Uri(server, "/v1/chat/completions"), body, cancellationToken);
        }
        catch (HttpRequestException)
        {
            // A certificate for another name, a firewall: those who come from outside fare better.
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Too busy to answer in time: then it is warm.
        }
    }
}
