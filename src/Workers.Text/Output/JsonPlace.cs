namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>What a <see cref="JsonScanner"/> takes next.</summary>
internal enum JsonPlace
{
    Value,
    FirstElement,
    FirstKey,
    Key,
    Colon,
    AfterValue,
    InString,
    InEscape,
    InUnicode,
    InLiteral,
    Done,
}
