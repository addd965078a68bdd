-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;

--
-- Table structure for table `child`
--

DROP TABLE IF EXISTS `child`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE `child` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `parent` bigint DEFAULT NULL COMMENT 'the parent''s id',
  `state` enum('new','it''s','a,b') COLLATE utf8mb4_bin NOT NULL DEFAULT 'new',
  `tags` set('x','y') DEFAULT NULL,
  `price` decimal(10,2) unsigned NOT NULL DEFAULT '0.00',
  `changed` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  `seen` datetime(6) DEFAULT NULL,
  `flag` tinyint(1) NOT NULL DEFAULT '0',
  `bits` bit(8) NOT NULL DEFAULT b'0',
  `code` char(3) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT NULL,
  `twice` decimal(12,2) GENERATED ALWAYS AS ((`price` * 2)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `seen` (`seen`,`flag`),
  KEY `parent` (`parent`),
  KEY `short` (`code`(2)) USING BTREE COMMENT 'a prefix',
  FULLTEXT KEY `code` (`code`),
  CONSTRAINT `child_fk` FOREIGN KEY (`parent`) REFERENCES `parent` (`id`) ON DELETE CASCADE,
  CONSTRAINT `child_chk_1` CHECK ((`price` >= 0))
) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COMMENT='Those that hang on a parent';
/*!40101 SET character_set_client = @saved_cs_client */;

LOCK TABLES `child` WRITE;
/*!40000 ALTER TABLE `child` DISABLE KEYS */;
/*!40000 ALTER TABLE `child` ENABLE KEYS */;
UNLOCK TABLES;

DROP TABLE IF EXISTS `parted`;
CREATE TABLE `parted` (
  `id` bigint NOT NULL,
  `note` text,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
/*!50100 PARTITION BY HASH (`id`)
PARTITIONS 4 */;
DROP TABLE IF EXISTS `parent`;
CREATE TABLE `parent` (
  `id` bigint NOT NULL,
  `note` text,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

--
-- Temporary view structure for view `active`
--

/*!50001 DROP VIEW IF EXISTS `active`*/;
/*!50001 CREATE VIEW `active` AS SELECT
 1 AS `id`,
 1 AS `state`,
 1 AS `total`*/;
/*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50003 TRIGGER `child_before` BEFORE INSERT ON `child` FOR EACH ROW BEGIN
  IF NEW.code = ';' THEN SET NEW.code = 'x'; END IF;
  SET @made = 1;
END */;;
DELIMITER ;
/*!50003 SET sql_mode              = @saved_sql_mode */ ;
DELIMITER ;;
CREATE FUNCTION `one_more`(n int) RETURNS int
    DETERMINISTIC
BEGIN
  DECLARE r int;
  SET r = n + 1;
  RETURN r;
END ;;
DELIMITER ;

/*!50001 DROP VIEW IF EXISTS `active`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
/*!50001 VIEW `active` AS select `child`.`id` AS `id`,`child`.`state` AS `state`,(`child`.`price` * 2) AS `total` from `child` where (`child`.`flag` = 1) */;

/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
-- Dump completed on 2024-05-01 12:00:00
