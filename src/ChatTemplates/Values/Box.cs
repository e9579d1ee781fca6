namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Boxed booleans and integers; the common ones are shared.</summary>
internal static class Box
{
    private const int Lowest = -64;
    private const int Highest = 1024;

    public static readonly object True = true;
    public static readonly object False = false;

    private static readonly object[] Small =
        [.. Enumerable.Range(Lowest, Highest - Lowest + 1).Select(i => (object)(long)i)];

    public static object Of(bool value) => value ? True : False;

    public static object Of(long value) =>
        value is >= Lowest and <= Highest ? Small[(int)value - Lowest] : value;

    public static object Of(double value) => value;
}
