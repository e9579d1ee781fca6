using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>Where backends are found and how long they are given. Times are <c>hh:mm:ss</c>.</summary>
public sealed class BackendOptions
{
    /// <summary>The section.</summary>
    public const string SectionName = "Workers:Backends";

    /// <summary>Folder of LocalAI-style backends: <c>&lt;name&gt;/run.sh</c>.</summary>
    [Required]
    public string Folder { get; set; } = "backends";

    /// <summary>The llama.cpp backend's assembly; null: the one that the build put beside the host.</summary>
    public string? LlamaAssembly { get; set; }

    /// <summary>Backends that run elsewhere, by name: <c>host:port</c>. They are not started or stopped from here.</summary>
    public Dictionary<string, string> External { get; set; } = [];

    /// <summary>Models in memory at once. Three small ones fit a laptop; a GPU worker usually holds one.</summary>
    [Range(1, 64)]
    public int MaxLoaded { get; set; } = 3;

    /// <summary>
    /// Memory of all loaded models together in MiB, as their backends report it (before that, the size of the model's file): over
    /// it the least recently used idle models leave. One model alone may be larger. 0 is no limit: a machine's memory and a card's
    /// are not seen from here.
    /// </summary>
    [Range(0, 1L << 40)]
    public long MaxMemoryMebibytes { get; set; }

    /// <summary>From start to a healthy answer: Python backends import for half a minute.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>To read a model: tens of gigabytes from a slow disk.</summary>
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A model that nobody used for so long is unloaded; zero never does.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Deaths within <see cref="CrashWindow"/> after which a model is left alone for <see cref="CoolDown"/>.</summary>
    [Range(1, 100)]
    public int CrashLimit { get; set; } = 5;

    /// <summary>See <see cref="CrashLimit"/>.</summary>
    public TimeSpan CrashWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>See <see cref="CrashLimit"/>.</summary>
    public TimeSpan CoolDown { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Before the second start in a row; doubles with each further death, up to 5 s.</summary>
    public TimeSpan RestartDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// When no call of a backend has brought anything for so long, its process must greet a new connection. That costs a
    /// millisecond, so it is asked for soon: a frozen process is replaced before our own backends' connections give up (30 s).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For that greeting. A live process gives it in milliseconds, on a machine that swaps in seconds; without it the process hangs, and is killed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan GreetingTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A call that brings nothing for so long is stuck, though its process greets: the process is killed. Longer than the longest prompt is read, or image made, on a slow processor.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a job waits for another model to become idle when those in use leave no room.</summary>
    public TimeSpan RoomTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
