namespace Koinon.Node.Development;

/// <summary>The names that anvil and Hardhat have for forks.</summary>
/// <remarks>Forks that changed nothing but the difficulty bomb or the number of blobs stand for the one before.
/// </remarks>
internal static class HardforkNames
{
    /// <summary>A name as it is compared: capital letters and digits alone, other tools' names as ours.</summary>
    public static string Compared(string name)
    {
        string letters = string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return letters switch
        {
            "DAO" => "HOMESTEAD",
            "TANGERINE" or "TANGERINEWHISTLE" => "EIP150",
            "SPURIOUSDRAGON" => "EIP158",
            "PETERSBURG" => "CONSTANTINOPLEFIX",
            "MUIRGLACIER" => "ISTANBUL",
            "ARROWGLACIER" or "GRAYGLACIER" => "LONDON",
            "MERGE" => "PARIS",
            "BPO1" or "BPO2" => "OSAKA",
            _ => letters,
        };
    }
}
