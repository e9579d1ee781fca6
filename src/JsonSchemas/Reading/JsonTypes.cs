namespace LocalAI.Pipeline.JsonSchemas.Reading;

/// <summary>Types of JSON values. Who allows numbers allows integers too, so that sets intersect bit by bit.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,
    String = 16,
    Integer = 32,
    Fraction = 64,
    Number = Integer | Fraction,
    Any = Null | Boolean | Object | Array | String | Number,
}
