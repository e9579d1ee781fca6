using System.Text.Json;
using MassTransit;

namespace LocalAI.Pipeline.Bus;

/// <summary>Messages are System.Text.Json in MassTransit's envelope, named by namespace and type.</summary>
internal static class CompactJson
{
    /// <summary>MassTransit indents by default, which only costs bytes.</summary>
    public static void UseCompactJson(this IBusFactoryConfigurator bus) =>
        bus.ConfigureJsonSerializerOptions(json => new JsonSerializerOptions(json) { WriteIndented = false });
}
