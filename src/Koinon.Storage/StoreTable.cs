namespace Koinon.Storage;

/// <summary>A table of a store, declared once by its owner and told from others by its name.</summary>
/// <param name="name">Short, of lower-case letters, digits and hyphens; it is what stands on disk.</param>
public sealed class StoreTable(string name)
{
    /// <summary>The name on disk.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
