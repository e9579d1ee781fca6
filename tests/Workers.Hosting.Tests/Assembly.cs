using System.Runtime.Versioning;

// Backends are processes with a run.sh, signals and /proc.
[assembly: UnsupportedOSPlatform("windows")]
