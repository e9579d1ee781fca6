namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>One way to run the whole, started once for a class of scenarios, with the model that ships.</summary>
public abstract class Deployment : IAsyncLifetime
{
    /// <summary>The API's process.</summary>
    internal abstract ServerProcess Api { get; }

    /// <summary>Another instance of the API, where there is one.</summary>
    internal virtual ServerProcess OtherApi => Api;

    /// <summary>What a client of OpenAI is given that comes back to another instance.</summary>
    public string OtherBaseUrl => new Uri(OtherApi.Address, "v1").ToString();

    /// <summary>What the clients of OpenAI are given.</summary>
    public string BaseUrl => new Uri(Api.Address, "v1").ToString();

    /// <summary>What the clients of Anthropic are given.</summary>
    public string RootUrl => Api.Address.GetLeftPart(UriPartial.Authority);

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    internal static Dictionary<string, string> Settings => new() { ["urls"] = "http://127.0.0.1:0" };
}
