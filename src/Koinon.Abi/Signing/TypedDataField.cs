namespace Koinon.Abi.Signing;

/// <summary>A field of a struct in typed data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as written: an ABI type, a struct's name, or an array of either.</param>
public sealed record TypedDataField(string Name, string Type);
