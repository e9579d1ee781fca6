using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Bus;

/// <summary>How this process reaches the others. Host, names and passwords matter on RabbitMQ only.</summary>
public sealed class BusOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Bus";

    /// <summary>Memory for one process, RabbitMQ for several.</summary>
    [EnumDataType(typeof(BusTransport))]
    public BusTransport Transport { get; set; } = BusTransport.Memory;

    /// <summary>The broker's host name or address.</summary>
    [Required]
    public string Host { get; set; } = "localhost";

    /// <summary>The broker's AMQP port; unset means 5672, or 5671 with TLS.</summary>
    [Range(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The virtual host that all processes of one deployment share.</summary>
    [Required]
    public string VirtualHost { get; set; } = "/";

    /// <summary>The user.</summary>
    [Required]
    public string Username { get; set; } = "guest";

    /// <summary>The user's password.</summary>
    [Required]
    public string Password { get; set; } = "guest";

    /// <summary>Whether the connection is encrypted; the server's certificate must be valid for <see cref="Host"/>.</summary>
    public bool UseTls { get; set; }

    /// <summary>How long a process waits for the broker at its start: containers of one deployment start together.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a message may take until the broker has it: a caller waits behind it, and a short restart of the broker fits in.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long consumers may finish what they hold when the process stops; what is left then goes back to its queue. Under the host's own 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A peer that is silent for twice as long is taken for dead: commands of a worker whose machine vanished wait that long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest pause between two attempts to reach a broker that was lost; the first is after 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ReconnectDelayMaximum { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The port that is used.</summary>
    internal int EffectivePort => Port ?? (UseTls ? 5671 : 5672);
}
