// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// Keeps ether for whoever brings it. Made for the scenario tests: each function shows one thing a client must see.
contract Vault {
    event Deposited(address indexed owner, uint256 indexed number, uint256 amount, string note);
    event Withdrawn(address indexed owner, uint256 amount);

    error TooMuch(uint256 asked, uint256 there);

    string public name;
    uint256 public deposits;
    mapping(address => uint256) public balanceOf;

    constructor(string memory name_) payable {
        name = name_;
        balanceOf[msg.sender] = msg.value;
    }

    function deposit(string calldata note) external payable {
        require(msg.value > 0, "nothing to deposit");
        deposits++;
        balanceOf[msg.sender] += msg.value;
        emit Deposited(msg.sender, deposits, msg.value, note);
    }

    function withdraw(uint256 amount) external {
        if (amount > balanceOf[msg.sender]) revert TooMuch(amount, balanceOf[msg.sender]);
        balanceOf[msg.sender] -= amount;
        emit Withdrawn(msg.sender, amount);
        payable(msg.sender).transfer(amount);
    }

    function share(uint256 parts) external view returns (uint256) {
        return balanceOf[msg.sender] / parts;
    }
}
