using LocalAI.Pipeline.Testing.RabbitMq;

namespace LocalAI.Pipeline.Bus.Tests.Harness;

/// <summary>Settings of a deployment of its own, on either transport.</summary>
internal static class Setting
{
    public static async Task<Dictionary<string, string?>> ForAsync(BusTransport transport)
    {
        if (transport == BusTransport.Memory)
        {
            return new() { ["Bus:Transport"] = "memory" };
        }

        var server = await RabbitMqServer.SharedAsync();
        return server.SettingsFor(await server.CreateVirtualHostAsync());
    }

    /// <summary>The same deployment, seen through another port.</summary>
    public static Dictionary<string, string?> Through(this Dictionary<string, string?> settings, int port) =>
        new(settings) { ["Bus:Port"] = $"{port}" };

    public static Dictionary<string, string?> With(this Dictionary<string, string?> settings, string key, string value) =>
        new(settings) { [key] = value };
}
