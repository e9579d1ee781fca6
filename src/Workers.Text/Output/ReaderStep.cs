namespace LocalAI.Pipeline.Workers.Text.Output;

internal enum ReaderStep
{
    /// <summary>The character was taken, and more may follow.</summary>
    More,

    /// <summary>The character was taken and ends the calls.</summary>
    Ended,

    /// <summary>The character was not taken: what is held is no call, and the character belongs to what follows.</summary>
    Refused,
}
