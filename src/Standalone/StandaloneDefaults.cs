namespace LocalAI.Pipeline.Standalone;

/// <summary>What the standalone host assumes where nothing is configured.</summary>
internal static class StandaloneDefaults
{
    private const string Address = "http://127.0.0.1:8080";

    public static void AddStandaloneDefaults(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Address);
        }

        // A person reads this log: what the bus and the web server do by the way is not news.
        builder.Logging.AddFilter("MassTransit", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }
}
